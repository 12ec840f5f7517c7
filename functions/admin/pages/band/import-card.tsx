import { one } from '../../form.ts';
import type { View } from '../../page.ts';
import { Segments } from '../../ui/choice.tsx';
import { Form, TextArea, TextField } from '../../ui/form.tsx';
import { Card } from '../../ui/frame.tsx';
import { Table } from '../../ui/table.tsx';
import { bandPath } from '../bands/band-path.ts';
import { lacking, mayManage } from '../roles.ts';
import type { ReportRow } from './import-report.ts';
import type { BandModel } from './model.ts';

/** A file with more lines than this is mended where it was made, not in the text field. */
const MENDABLE_LINES = 2000;
const REPORTED_ROWS = 200;

/** [대역 추가]: a run, or numbers one by one. */
export const ImportCard = ({ model, view }: { model: BandModel; view: View }) => {
  if (model.code === 'carrier-issued' || model.code === 'ended') return null;
  if (!mayManage(view.operator))
    return (
      <Card title="대역 추가" class="noprint">
        <div>
          <button class="btn" type="button" disabled aria-describedby="no-manage">
            대역 추가
          </button>
          <p class="sm mute hint" id="no-manage">
            {lacking('manage', view.operator)}
          </p>
        </div>
      </Card>
    );
  return (
    <Card title="대역 추가" class="noprint">
      <ImportForm model={model} view={withFile(view)} />
    </Card>
  );
};

const ImportForm = ({ model, view }: { model: BandModel; view: View }) => (
  <Form view={view} action={`${bandPath(model.contractId)}/import`} class="dec gap" file>
    <Segments
      view={view}
      name="how"
      legend="번호를 받은 방식"
      hideLegend
      chosen={['range']}
      options={[
        { value: 'range', label: '처음~끝' },
        { value: 'list', label: '번호 목록' },
      ]}
    />
    <div class="gap when-range" data-run={`/api${bandPath(model.contractId)}`}>
      <p class="sm mute">처음부터 끝까지 빠진 번호가 없을 때 씁니다.</p>
      <TextField
        view={view}
        name="first"
        label="처음 번호"
        inputmode="numeric"
        {...(model.tried && { value: model.tried.first })}
      />
      <TextField
        view={view}
        name="last"
        label="끝 번호"
        inputmode="numeric"
        {...(model.tried && { value: model.tried.last })}
      />
      <p class={`sm ${model.tried?.fits === false ? 'err' : 'mute'}`} data-run-says aria-live="polite">
        {model.tried?.says ?? ''}
      </p>
    </div>
    <div class="gap when-list">
      <TextArea
        view={view}
        name="numbers"
        label="번호 붙여 넣기"
        hint="한 줄에 하나씩 넣습니다. 표에서 복사하면 첫째 칸만 읽습니다."
        rows={6}
      />
      <div class="field">
        <label class="l" for="file">
          또는 CSV 파일
        </label>
        <input id="file" name="file" type="file" accept=".csv,.txt,text/csv,text/plain" />
      </div>
    </div>
    <TextField view={view} name="receivedOn" label="우체국에서 받은 날" type="date" value={model.today} />
    <div>
      <button class="btn p" type="submit">
        대역 추가
      </button>
      <p class="sm mute hint">다음 화면에서 개수를 확인한 뒤 추가합니다.</p>
    </div>
  </Form>
);

/** A browser does not keep a file: what was in it stands in the text field, where it can be mended. */
const withFile = (view: View): View => {
  const { typed } = view;
  const text = typed?.['file']?.[0] ?? '';
  if (typed === undefined || text.trim() === '' || one(typed, 'numbers') !== '') return view;
  const lines = text.split('\n').length;
  return lines > MENDABLE_LINES ? view : { ...view, typed: { ...typed, numbers: [text] } };
};

/** Line by line what kept the last import from being taken; nothing without one. */
export const ImportReport = ({ view }: { view: View }) => {
  const rows = JSON.parse(view.shown['rows'] ?? '[]') as ReportRow[];
  return rows.length === 0 ? null : <Report rows={rows} />;
};

const Report = ({ rows }: { rows: readonly ReportRow[] }) => (
  <Card title="고칠 줄" bare>
    <Table
      caption={`고칠 줄 ${rows.length.toLocaleString('ko')}개${rows.length > REPORTED_ROWS ? `, 앞의 ${REPORTED_ROWS}개` : ''}`}
      columns={[
        { head: '줄', names: true, class: 'nw', cell: ({ line }) => `${line.toLocaleString('ko')}번째` },
        { head: '넣은 값', cell: ({ typed }) => <code class="nw">{typed.slice(0, 20)}</code> },
        { head: '이유', cell: ({ reason }) => reason },
      ]}
      rows={rows.slice(0, REPORTED_ROWS)}
    />
    {rows.length > REPORTED_ROWS && (
      <p class="pg sm mute">
        그 밖에 {(rows.length - REPORTED_ROWS).toLocaleString('ko')}줄이 더 있습니다. 고친 뒤 다시 넣으면
        이어서 보여 드립니다.
      </p>
    )}
  </Card>
);
