import { businessNumber } from '../../mask.ts';
import type { CsvTable } from '../../page.ts';
import { APPLICATION_WORDS } from '../../vocabulary.ts';
import type { ListModel } from './applications.page.tsx';

const KST_MS = 9 * 3_600_000;
/** `2026-11-24 14:20` KST: spreadsheets read it as a date. */
const stamp = (at: number): string => new Date(at + KST_MS).toISOString().slice(0, 16).replace('T', ' ');

export const listCsv = ({ rows, query }: Pick<ListModel, 'rows' | 'query'>): CsvTable => ({
  name: `applications-${query.tab}`,
  head: [
    '승인 기한',
    '기한까지',
    '상호',
    '구분',
    '도메인',
    '우체국 고객번호',
    '사업자등록번호',
    '자동 점검',
    '상태',
    '신청 시각',
    '담당자',
  ],
  rows: rows.map((row) => [
    stamp(row.due.at).slice(0, 10),
    row.due.words,
    row.companyName,
    row.kind,
    row.domain ?? '',
    row.customerNo,
    businessNumber(row.businessNo),
    row.checks.words,
    APPLICATION_WORDS[row.status].label,
    stamp(row.submittedAt),
    row.assignee ?? '',
  ]),
});
