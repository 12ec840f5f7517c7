import type { CsvTable } from '../../page.ts';
import { ago, moment, momentOnPaper, span } from '../../time.ts';
import { Tag } from '../../ui/icon.tsx';
import type { Column } from '../../ui/table.tsx';
import { RUN_WORDS } from '../../vocabulary.ts';
import { isUnderWay, runPath, type RunRow } from './run-row.ts';

const count = (n: number): string => n.toLocaleString('ko');

export const runColumns = (now: number): Column<RunRow>[] => [
  {
    head: '시작',
    names: true,
    class: 'due nw',
    sorted: 'descending',
    cell: ({ runId, startedAt, askedBy }) => (
      <>
        <a href={runPath(runId)}>
          <time datetime={new Date(startedAt).toISOString()}>{moment(startedAt, now)}</time>
        </a>
        <span class="sm mute below">
          {ago(startedAt, now)}
          {askedBy !== undefined && ` · ${askedBy} 님이 시작`}
        </span>
      </>
    ),
  },
  {
    head: '걸린 시간',
    class: 'nw',
    cell: ({ tookMs, code }) => (isUnderWay(code) ? `${span(tookMs)}째` : span(tookMs)),
  },
  {
    head: '확인한 건',
    right: true,
    cell: ({ asked, uncovered }) => (
      <>
        {count(asked)}
        {uncovered > 0 && <span class="sm mute below">{count(uncovered)}건은 다음에</span>}
      </>
    ),
  },
  { head: '바뀐 건', right: true, cell: ({ changed }) => count(changed) },
  { head: '실패', right: true, cell: ({ failed }) => (failed === 0 ? '0' : <b>{count(failed)}</b>) },
  { head: '결과', cell: ({ code }) => <Tag word={RUN_WORDS[code]} /> },
];

export const runsCsv = (rows: readonly RunRow[]): CsvTable => ({
  name: 'tracking-runs',
  head: ['시작', '걸린 시간(초)', '확인한 건', '확인하지 못한 건', '바뀐 건', '실패', '결과', '시작한 사람'],
  rows: rows.map((row) => [
    momentOnPaper(row.startedAt),
    Math.round(row.tookMs / 1000),
    row.asked,
    row.uncovered,
    row.changed,
    row.failed,
    RUN_WORDS[row.code].label,
    row.askedBy ?? '자동',
  ]),
});
