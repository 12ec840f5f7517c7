/** What the ledger audit can find (P4). Numbers and ids only: no person is read for it. */

interface Numbers {
  block: number;
  /** position of the first one, 0-based, and how many */
  from: number;
  count: number;
}
export type Damage =
  /** below the cursor, in no entry of the ledger, and not void */
  | ({ kind: 'hole'; first: string } & Numbers)
  /** given by this entry although an earlier one gave it */
  | ({ kind: 'number-twice'; seq: number; first: string } & Numbers)
  /** given after it had been made void or given back to ePost */
  | ({ kind: 'void-given'; seq: number; first: string } & Numbers)
  /** the ledger gave this number, the shipment began with another one or with none */
  | { kind: 'other-number'; seq: number; shipmentId: string; number: string; holds: string | undefined }
  /** the ledger gave this number to a shipment that is not there */
  | {
      kind: 'shipment-missing';
      seq: number;
      shipmentId: string;
      number: string;
      place: { block: number; from: number };
    }
  /** entries that are not there */
  | { kind: 'entry-missing'; seq: number; count: number }
  /** as many numbers as shipments there are not */
  | { kind: 'entry-unfit'; seq: number; numbers: number; shipments: number }
  /** the ledger speaks of a block that the pool does not have */
  | { kind: 'block-missing'; block: number }
  /** the pool stands behind its own ledger: what it gives next was given before */
  | { kind: 'pool-rewound'; seq: number; ledgerSeq: number }
  /** the cursor stands before a number that the ledger gave */
  | { kind: 'cursor-behind'; block: number; position: number };

export type Finding = { contractId: string } & Damage;

const many = (count: number): string => (count === 1 ? '' : `부터 ${count.toLocaleString('ko')}개`);

/** One finding in one sentence. */
export const findingSentence = (finding: Finding): string =>
  `${finding.contractId}: ${damageSentence(finding)}`;

const damageSentence = (damage: Damage): string => {
  switch (damage.kind) {
    case 'hole':
      return `${damage.block}번째 대역 ${damage.first}${many(damage.count)}: 어디에 쓰였는지 원장에 없습니다.`;
    case 'number-twice':
      return `${damage.block}번째 대역 ${damage.first}${many(damage.count)}: 원장 ${damage.seq}번이 이미 발급한 번호를 다시 발급했습니다.`;
    case 'void-given':
      return `${damage.block}번째 대역 ${damage.first}${many(damage.count)}: 원장 ${damage.seq}번이 무효이거나 반납한 번호를 발급했습니다.`;
    case 'other-number':
      return `출고 ${damage.shipmentId}: 원장 ${damage.seq}번은 ${damage.number}을 발급했으나 기록에는 ${damage.holds ?? '번호가 없습니다'}${damage.holds === undefined ? '.' : '이 있습니다.'}`;
    case 'shipment-missing':
      return `출고 ${damage.shipmentId}: 원장 ${damage.seq}번이 ${damage.number}을 발급했으나 출고 기록이 없습니다.`;
    case 'entry-missing':
      return `원장 ${damage.seq}번${many(damage.count)}: 기록이 없습니다.`;
    case 'entry-unfit':
      return `원장 ${damage.seq}번: 번호 ${damage.numbers}개와 출고 ${damage.shipments}건이 맞지 않습니다.`;
    case 'block-missing':
      return `${damage.block}번째 대역: 원장에는 있으나 대역 기록이 없습니다.`;
    case 'cursor-behind':
      return `다음 번호 위치(${damage.block}번째 대역 ${damage.position + 1}번째)가 이미 발급한 번호보다 앞에 있습니다. npm run restore-fence 를 실행해 주세요.`;
    case 'pool-rewound':
      return `대역이 원장보다 뒤처져 있습니다(${damage.seq} < ${damage.ledgerSeq}). 복원한 대역이면 npm run restore-fence 를 실행해 주세요.`;
  }
};
