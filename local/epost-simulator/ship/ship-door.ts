import type { Call } from '../wire/call.ts';
import type { ShipOperation } from '../wire/operations.ts';
import type { World } from '../office/world.ts';
import type { Reply } from '../wire/xml.ts';
import { cancelOrder } from './cancel.ts';
import { checkDoor } from './checks.ts';
import { getResInfo } from './get-res-info.ts';
import { insertOrder } from './insert-order.ts';
import { getApprNo, getCustNo, getStoppedZipCd } from './lookups.ts';
import { getOfficeInfo, insertOffice } from './offices.ts';
import { getStoreInfo, insertStoreInfo, updateStoreInfo } from './stores.ts';

const handlers: Record<ShipOperation, (call: Call, world: World) => Reply> = {
  GetCustNo: getCustNo,
  GetApprNo: getApprNo,
  GetStoppedZipCd: getStoppedZipCd,
  InsertOffice: insertOffice,
  GetOfficeInfo: getOfficeInfo,
  InsertOrder: insertOrder,
  GetResInfo: getResInfo,
  GetResCancelCmd: cancelOrder,
  InsertStoreInfo: insertStoreInfo,
  UpdateStoreInfo: updateStoreInfo,
  GetStoreInfo: getStoreInfo,
};

/** Answers one call of ship.epost.go.kr: the key first, then the operation. */
export function answerShipCall(operation: ShipOperation, call: Call, world: World, key: string): Reply {
  return checkDoor(call, key, operation !== 'GetStoppedZipCd') ?? handlers[operation](call, world);
}
