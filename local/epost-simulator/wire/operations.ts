/** The calls the simulator knows, by their path on the wire. */
export const shipOperations = [
  'GetCustNo',
  'GetApprNo',
  'GetStoppedZipCd',
  'InsertOffice',
  'GetOfficeInfo',
  'InsertOrder',
  'GetResInfo',
  'GetResCancelCmd',
  'InsertStoreInfo',
  'UpdateStoreInfo',
  'GetStoreInfo',
] as const;

export type ShipOperation = (typeof shipOperations)[number];
export type TraceOperation = 'trace' | 'domesticList' | 'combinedList';
export type Operation = ShipOperation | TraceOperation;

const paths = new Map<string, Operation>([
  ...shipOperations.map((name) => [`/api.${name}.jparcel`, name] as const),
  ['/KpostPortal/openapi', 'trace'],
  [
    '/trace/retrieveLongitudinalService/retrieveLongitudinalService/getLongitudinalDomesticList',
    'domesticList',
  ],
  [
    '/trace/retrieveLongitudinalCombinedService/retrieveLongitudinalCombinedService/getLongitudinalCombinedList',
    'combinedList',
  ],
]);

/** The operation at a path, or null when ePost has none there. */
export function operationAt(path: string): Operation | null {
  return paths.get(path) ?? null;
}

/** Every operation, ship first. */
export const operations: readonly Operation[] = [...paths.values()];

/** True for an operation of ship.epost.go.kr. */
export function isShipOperation(operation: Operation): operation is ShipOperation {
  return (shipOperations as readonly string[]).includes(operation);
}
