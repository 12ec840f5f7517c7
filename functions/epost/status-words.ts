/** Where a parcel stands on the road, in our words (requirements section 3). */
export type TrackingStatus =
  | 'information-received'
  | 'collected'
  | 'in-transit'
  | 'out-for-delivery'
  | 'attempt-failed'
  | 'delivered'
  | 'not-collected'
  | 'cancelled'
  | 'returning'
  | 'unknown';

/** What the shop's order shows (R06); null = leave it as it is. */
export type OrderStatus = '배송중' | '배송완료' | null;

export interface StatusReading {
  status: TrackingStatus;
  orderStatus: OrderStatus;
  /** needs a look by the shop */
  flagged: boolean;
  /** false: a word we have not met; count it */
  known: boolean;
}

const BEFORE = { status: 'information-received', orderStatus: null, flagged: false, known: true } as const;
const COLLECTED = { status: 'collected', orderStatus: '배송중', flagged: false, known: true } as const;
const MOVING = { status: 'in-transit', orderStatus: '배송중', flagged: false, known: true } as const;
const OUT = { status: 'out-for-delivery', orderStatus: '배송중', flagged: false, known: true } as const;
const MISSED = { status: 'attempt-failed', orderStatus: '배송중', flagged: true, known: true } as const;
const DELIVERED = { status: 'delivered', orderStatus: '배송완료', flagged: false, known: true } as const;
const NOT_COLLECTED = { status: 'not-collected', orderStatus: null, flagged: true, known: true } as const;
const CANCELLED = { status: 'cancelled', orderStatus: null, flagged: true, known: true } as const;
const RETURNING = { status: 'returning', orderStatus: null, flagged: true, known: true } as const;
/** 인수완료 may be the recipient's or a pick-up point's: known, and no ground to call a parcel delivered. */
const AMBIGUOUS = { status: 'unknown', orderStatus: null, flagged: false, known: true } as const;

const WORDS: readonly (readonly [string, StatusReading])[] = [
  ['신청준비', BEFORE],
  ['소포신청', BEFORE],
  ['운송장출력', BEFORE],
  ['접수', COLLECTED],
  ['접수 마감 후 접수', COLLECTED],
  ['집하완료', COLLECTED],
  ['발송', MOVING],
  ['도착', MOVING],
  ['배달준비', OUT],
  ['배달중', OUT],
  ['미배달', MISSED],
  ['배달완료', DELIVERED],
  ['수취함투함', DELIVERED],
  ['전달완료', DELIVERED],
  ['수취완료', DELIVERED],
  ['미집하', NOT_COLLECTED],
  ['신청취소', CANCELLED],
  ['접수취소', CANCELLED],
  ['반송', RETURNING],
  ['인수완료', AMBIGUOUS],
];
const LONGEST_FIRST = WORDS.toSorted(([a], [b]) => b.length - a.length);
const UNKNOWN: StatusReading = { status: 'unknown', orderStatus: null, flagged: false, known: false };

/**
 * What ePost's status text means: longest known prefix after trimming and collapsing blanks, so that
 * 접수취소 is not read as 접수 and 배달완료 ( 배달 ) still is 배달완료. An unmet word is `unknown` and moves nothing.
 */
export const readStatusWord = (raw: string): StatusReading => {
  const word = raw.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return LONGEST_FIRST.find(([prefix]) => word.startsWith(prefix))?.[1] ?? UNKNOWN;
};
