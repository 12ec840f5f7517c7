/** One approval (계약승인번호) of a contract customer; days are yyyyMMdd. */
export interface Approval {
  apprNo: string;
  payTypeCd?: '10' | '12';
  statusCd?: '1' | '4';
  expiredYmd?: string;
  closedYmd?: string;
}

/** An area ePost does not take parcels for; days are yyyyMMdd, one zip when `endZipCd` is absent. */
export interface StoppedArea {
  areaNm: string;
  strtZipCd: string;
  endZipCd?: string;
  applyStrtYmd: string;
  applyEndYmd: string;
  stopReason: string;
}

/** Who and what the post office knows besides bookings. */
export interface Registry {
  /** Configured customers; null: certainly not a customer. Others are known if they are ten digits. */
  customers: Map<string, readonly Approval[] | null>;
  /** Customer number of an ePost id; null: the id has none. Others get one made from the id. */
  members: Map<string, string | null>;
  stoppedAreas: StoppedArea[];
  /** Registered sites by `custNo officeSer`, and partner stores by `custNo storeCd`. */
  offices: Map<string, Record<string, string>>;
  stores: Map<string, Record<string, string>>;
}

/** An empty registry: every ten-digit customer is known and no area is stopped. */
export function createRegistry(): Registry {
  return {
    customers: new Map(),
    members: new Map(),
    stoppedAreas: [],
    offices: new Map(),
    stores: new Map(),
  };
}

/** The approvals of a customer, or null when ePost does not know the customer. */
export function approvalsOf(registry: Registry, custNo: string): readonly Approval[] | null {
  const configured = registry.customers.get(custNo);
  if (configured !== undefined) return configured;
  return /^\d{10}$/.test(custNo) ? [{ apprNo: `1${custNo.slice(1)}` }] : null;
}

/** Whether an approval number goes with a customer; one that was not configured takes any ten digits. */
export function approvalMatches(registry: Registry, custNo: string, apprNo: string): boolean {
  const configured = registry.customers.get(custNo);
  if (configured === undefined) return /^\d{10}$/.test(custNo) && /^\d{10}$/.test(apprNo);
  return (configured ?? []).some((a) => a.apprNo === apprNo && (a.statusCd ?? '1') === '1');
}

/** The customer number of an ePost id, or null when it has none. */
export function customerOfMember(registry: Registry, memberId: string): string | null {
  const configured = registry.members.get(memberId);
  if (configured !== undefined) return configured;
  let sum = 0;
  for (const char of memberId) sum = (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return String(sum).padStart(10, '0').slice(-10);
}
