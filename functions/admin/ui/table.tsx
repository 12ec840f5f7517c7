import type { Child } from 'hono/jsx';

export interface Column<Row> {
  head: string;
  cell(row: Row): Child;
  /** the cell that names the row and holds its link: exactly one column */
  names?: boolean;
  right?: boolean;
  /** class of the cell: `due` draws the bar at the left of a late row */
  class?: string;
  /** only on the sorted column */
  sorted?: 'ascending' | 'descending';
  hideHead?: boolean;
}

/**
 * A table with a caption; on phones every row becomes a card whose cells carry their heads. The roles are spelled
 * because a changed `display` takes them from some readers.
 */
export const Table = <Row,>(props: {
  caption: string;
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** `over` and `today` mark rows that are late or due */
  rowClass?(row: Row): string | undefined;
  /** shown instead of rows */
  empty?: Child;
}) =>
  props.rows.length === 0 && props.empty !== undefined ? (
    <>{props.empty}</>
  ) : (
    <div class="tw" tabindex={0} role="region" aria-label={props.caption}>
      <table class="stackable" role="table">
        <caption class={props.showCaption ? undefined : 'vh'}>{props.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {props.columns.map((column) => (
              <th scope="col" role="columnheader" aria-sort={column.sorted} class={headClass(column)}>
                {column.hideHead ? <span class="vh">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <tr role="row" class={props.rowClass?.(row)}>
              {props.columns.map((column) => cellOf(column, row))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

/** A column that is left out on paper takes its head along. */
const headClass = <Row,>({ right, class: given }: Column<Row>): string | undefined =>
  [right && 'r', given?.split(' ').includes('noprint') && 'noprint'].filter(Boolean).join(' ') || undefined;

const cellOf = <Row,>(column: Column<Row>, row: Row) => {
  const name = [column.right && 'r', column.class].filter(Boolean).join(' ') || undefined;
  return column.names ? (
    <th scope="row" role="rowheader" class={name}>
      {column.cell(row)}
    </th>
  ) : (
    <td role="cell" class={name} data-l={column.head}>
      <span>{column.cell(row)}</span>
    </td>
  );
};

/** Foot of a list: how many are shown, the next page, the CSV of the same list. */
export const ListFoot = (props: { text: string; next?: string; csv?: string; children?: Child }) => (
  <div class="pg">
    <span class="sm mute">{props.text}</span>
    <span class="row noprint">
      {props.children}
      {props.csv && (
        <a class="sm" href={props.csv}>
          다운로드(CSV)
        </a>
      )}
      {props.next && (
        <a class="btn s" href={props.next}>
          다음 목록
        </a>
      )}
    </span>
  </div>
);
