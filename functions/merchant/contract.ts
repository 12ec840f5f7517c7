/** A merchant's 기업택배 contract as the parcel's journey needs it. */

export type NumberingMode = 'band' | 'carrier-issued';
export type ContractStatus = 'active' | 'suspended' | 'terminated';

export interface Contract {
  /** tenant: see `contractIdOf` */
  contractId: string;
  status: ContractStatus;
  /** shown to operators; a business name, not a person */
  companyName: string;
  /** 우체국 고객번호, 10 digits, leading zeros kept (R09) */
  customerNo: string;
  /** 우체국 승인번호, 10 digits */
  approvalNo: string;
  /** supply site (공급지) code registered at ePost beforehand, ≤ 20 letters and digits */
  officeSer: string;
  /** A6: numbers from our pool, or drawn by ePost in its answer */
  numbering: NumberingMode;
  inquiryTel?: string;
  /** contCd for goods that name none; 029 기타 otherwise */
  defaultContentCode?: string;
  /** waybill numbers left at which `WaybillPoolLow` is told; default 20 % of what was imported */
  lowWater?: number;
  /** orders go to ePost with testYn=Y: no parcel is booked */
  testOrders?: boolean;
}

/** Tenant id: the shop, or a marketplace seller of it (R35). Ids hold no slash, so this is unambiguous. */
export const contractIdOf = (merchant: { shopId: string; sellerId?: string | undefined }): string =>
  merchant.sellerId === undefined ? merchant.shopId : `${merchant.shopId}/${merchant.sellerId}`;

/** Inverse of `contractIdOf`. */
export const merchantOf = (contractId: string): { shopId: string; sellerId?: string } => {
  const [shopId = '', sellerId] = contractId.split('/');
  return sellerId === undefined ? { shopId } : { shopId, sellerId };
};
