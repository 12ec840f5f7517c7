/** Whether the rows an operator looks at are as they were written. */
import type { Audit } from '../../../audit/audit.store.ts';
import { type AuditRow, EMPTY_HEAD, firstBreak } from '../../../audit/audit.ts';
import type { FoundRows } from './find.ts';

export interface ChainCheck {
  whole: boolean;
  /** Korean, what was checked and what was found */
  says: string;
}

/** Seals of every row between the newest and the oldest shown, and that each follows the one before it. */
export const checkChain = async (
  audit: Pick<Audit, 'page'>,
  { rows, walked }: Pick<FoundRows, 'rows' | 'walked'>,
): Promise<ChainCheck | undefined> => {
  if (walked === undefined) return rows.length === 0 ? undefined : checkEach(rows);
  const oldest = walked.at(-1);
  const newest = walked[0];
  if (oldest === undefined || newest === undefined) return undefined;
  const before = oldest.seq === 1 ? EMPTY_HEAD : (await audit.page(oldest.seq, 1)).rows[0];
  const broken = firstBreak(walked.toReversed(), before);
  if (broken !== undefined) return brokenAt(broken);
  return {
    whole: true,
    says: `${oldest.seq}번부터 ${newest.seq}번까지 ${walked.length.toLocaleString('ko')}건이 모두 이어져 있고 고친 흔적이 없습니다.`,
  };
};

/** Rows with others between them: each alone, as it was sealed. */
const checkEach = (rows: readonly AuditRow[]): ChainCheck => {
  const broken = rows.find(
    (row) => firstBreak([row], { seq: row.seq - 1, hash: row.prevHash }) !== undefined,
  );
  return broken !== undefined
    ? brokenAt(broken.seq)
    : {
        whole: true,
        says: `이 대상의 기록 ${rows.length.toLocaleString('ko')}건에 고친 흔적이 없습니다. 앞뒤 기록과 이어지는지는 대상을 비우고 확인해 주세요.`,
      };
};

const brokenAt = (seq: number): ChainCheck => ({
  whole: false,
  says: `${seq}번 기록이 앞 기록과 이어지지 않습니다. 기록이 고쳐지거나 빠졌을 수 있으니 개발팀에 알려 주세요.`,
});
