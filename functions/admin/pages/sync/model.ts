import type { Run } from '../../../tracking/run.ts';
import type { TrackingStatus } from '../../../epost/status-words.ts';
import type { Context } from '../../page.ts';
import { waybillNumber } from '../../mask.ts';
import { shipmentCode } from '../../shipment-code.ts';
import type { ShipmentCode } from '../../vocabulary.ts';
import { shopName } from '../shops.ts';
import { runAt, type RunRow, runRow } from '../syncs/run-row.ts';
import { traceCauseWords } from './trace-causes.ts';

export interface ChangedRow {
  shipmentId: string;
  /** 5-4-4; absent: the record is gone after its retention time */
  number?: string;
  shop?: string;
  /** what the round found */
  code: ShipmentCode;
}
export interface SyncModel {
  row: RunRow;
  /** last part of its address */
  path: string;
  endedAt?: number;
  nextDueAt: number;
  source: string;
  figures: { name: string; value: number; says?: string }[];
  /** questions without an answer, most frequent first */
  failures: { cause: string; count: number }[];
  /** the first of those that changed */
  changes: ChangedRow[];
}

export const readModel = async ({ ports, now, params }: Context): Promise<SyncModel | undefined> => {
  const run = await ports.runs.read(runAt(params['id'] ?? ''));
  if (run === undefined) return undefined;
  return {
    row: runRow(run, now),
    path: params['id'] ?? '',
    ...(run.endedAt !== undefined && { endedAt: run.endedAt }),
    nextDueAt: run.nextDueAt,
    source: run.source,
    figures: figuresOf(run),
    failures: failuresOf(run),
    changes: await changesOf(ports, run),
  };
};

const figuresOf = ({ tally }: Run): SyncModel['figures'] => [
  { name: '확인한 건', value: tally.asked },
  { name: '바뀐 건', value: tally.changed },
  { name: '아직 조회되지 않은 건', value: tally.notYet, says: '접수 전이라 우체국에 배송 기록이 없습니다' },
  ...figure(
    '조회됐어야 하는 건',
    tally.notFound,
    '보낸 지 오래됐거나 전에 조회된 번호인데 우체국이 모릅니다',
  ),
  ...figure('확인하지 못한 건', tally.uncovered, '조회 횟수가 모자라 다음 실행에서 확인합니다'),
  ...figure('오래 소식이 없어 그만 확인하는 건', tally.silent, '두 달 동안 변화가 없었습니다'),
  ...figure('모르는 배송상태', tally.unknownWords, '우체국의 새 표현이라 주문서에 반영하지 않았습니다'),
  { name: '확인을 마친 묶음', value: tally.closedEntries, says: '모두 배송을 마쳐 더 묻지 않습니다' },
];
/** Only where there is something to tell. */
const figure = (name: string, value: number, says: string): SyncModel['figures'] =>
  value === 0 ? [] : [{ name, value, says }];

const failuresOf = ({ tally }: Run): SyncModel['failures'] => {
  const byWords = new Map<string, number>();
  for (const [cause, count] of Object.entries(tally.failed)) {
    const words = traceCauseWords(cause);
    byWords.set(words, (byWords.get(words) ?? 0) + count);
  }
  return [...byWords].map(([cause, count]) => ({ cause, count })).toSorted((a, b) => b.count - a.count);
};

const changesOf = async (
  ports: Pick<Context['ports'], 'listed' | 'contract'>,
  { tally }: Run,
): Promise<ChangedRow[]> => {
  const listed = await ports.listed(tally.changes.map(([shipmentId]) => shipmentId));
  const contracts = [...new Set([...listed.values()].map(({ contractId }) => contractId))];
  const names = new Map(
    await Promise.all(contracts.map(async (id) => [id, await shopName(ports, id)] as const)),
  );
  return tally.changes.map(([shipmentId, status]) => {
    const shipment = listed.get(shipmentId);
    const number = shipment?.waybillNumber;
    const shop = shipment && names.get(shipment.contractId);
    return {
      shipmentId,
      ...(number !== undefined && { number: waybillNumber(number) }),
      ...(shop !== undefined && { shop }),
      code: shipmentCode('accepted', status as TrackingStatus),
    };
  });
};
