import type { Context, Page, Read, View } from '../../page.ts';
import { day, moment } from '../../time.ts';
import { waybillNumber } from '../../mask.ts';
import { Card, IdentityBar } from '../../ui/frame.tsx';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { ButtonForm } from '../../ui/form.tsx';
import { Tag } from '../../ui/icon.tsx';
import { SummaryList, Timeline } from '../../ui/list.tsx';
import { Empty, Note } from '../../ui/message.tsx';
import { Meter } from '../../ui/meter.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { BAND_WORDS, BLOCK_WORDS } from '../../vocabulary.ts';
import { meterTone } from '../bands/band-columns.tsx';
import { countWords, endWords, perDayWords, spanWords } from '../bands/band-words.ts';
import { bandPath } from '../bands/band-path.ts';
import { mayManage } from '../roles.ts';
import { ImportCard, ImportReport } from './import-card.tsx';
import { type BandModel, type BlockRow, readModel } from './model.ts';
import { askRetire } from './questions.ts';

const read = async (context: Context): Promise<Read<BandModel>> => {
  const model = await readModel(context);
  return model === undefined ? { outcome: 'not-found' } : { outcome: 'found', model };
};

export const bandPage: Page<BandModel> = {
  path: '/bands/:id',
  role: 'view',
  rail: 'bands',
  title: ({ shop }) => `${shop} 운송장번호`,
  crumbs: () => [{ href: '/bands', label: '운송장번호' }],
  read,
  render: (model, view) => (
    <>
      <div class="card">
        <Identity model={model} view={view} />
      </div>
      {model.frozen && <Frozen frozen={model.frozen} now={view.now} />}
      <div class="two">
        <div class="stack">
          <ImportReport view={view} />
          <Card title="대역" aside={<span class="sm mute">최근에 받은 순서</span>} bare>
            <Table
              caption={`${model.shop}의 대역 ${model.blocks.length}개`}
              columns={blockColumns(model, view)}
              rows={model.blocks}
              empty={<Empty text={emptyText(model)} />}
            />
          </Card>
          {model.history.length > 0 && (
            <Card title="받고 반납한 기록" aside={<span class="sm mute">최근 순서</span>}>
              <Timeline items={model.history} now={view.now} />
            </Card>
          )}
        </div>
        <div class="stack">
          <ImportCard model={model} view={view} />
          <Card title="개발자 정보">
            <SummaryList
              items={[
                { name: '계약', value: <code>{model.contractId}</code> },
                { name: '원본', value: <a href={`/api${bandPath(model.contractId)}`}>JSON 보기</a> },
              ]}
            />
          </Card>
        </div>
      </div>
    </>
  ),
};

const emptyText = ({ code }: BandModel): string =>
  code === 'carrier-issued'
    ? '우체국이 접수하며 번호를 정하는 계약입니다. 대역을 받을 필요가 없습니다.'
    : '추가한 대역이 없습니다. 관할 우체국에서 받은 번호를 추가해 주세요.';

const Frozen = ({ frozen, now }: { frozen: NonNullable<BandModel['frozen']>; now: number }) => (
  <Note tone="bad">
    <p id="frozen">번호 발급이 멈춰 있습니다. 출고는 접수해 두고, 재개하면 자동으로 번호를 줍니다.</p>
    <p class="sm">
      {moment(frozen.at, now)} {frozen.by} 님 · 사유: {frozen.reason}
    </p>
  </Note>
);

const Identity = ({ model, view }: { model: BandModel; view: View }) => {
  const { pool, code } = model;
  const end = pool && endWords(pool.forecast, view.now);
  return (
    <IdentityBar
      title={model.shop}
      facts={
        pool === undefined || end === undefined
          ? []
          : [
              {
                name: '남은 번호',
                value: (
                  <span class="bar">
                    {countWords(pool.available)} <Meter percent={pool.percent} tone={meterTone(code)} small />{' '}
                    <span class="mute sm">{pool.percent}%</span>
                  </span>
                ),
              },
              { name: '하루 평균', value: perDayWords(pool.forecast) },
              {
                name: '소진 예상일',
                value: (
                  <>
                    {end.on} <span class="mute sm">({end.in})</span>
                  </>
                ),
              },
            ]
      }
    >
      <Tag word={BAND_WORDS[code]} />
    </IdentityBar>
  );
};

const blockColumns = (model: BandModel, view: View): Column<BlockRow>[] => [
  {
    head: '대역(처음~끝)',
    names: true,
    cell: ({ block, first, last, size }) => (
      <>
        <span class="nw">{waybillNumber(first)}</span>
        {first !== last && (
          <>
            {' ~ '}
            <span class="nw">{waybillNumber(last)}</span>
          </>
        )}
        <span class="sm mute below">
          {block}번째 · {countWords(size)}
        </span>
      </>
    ),
  },
  { head: '남은 개수', right: true, class: 'nw', cell: ({ left }) => left.toLocaleString('ko') },
  {
    head: '받은 날',
    class: 'nw',
    cell: ({ receivedOn, importedAt }) =>
      receivedOn === undefined ? (
        <>
          {day(importedAt, view.now)}
          <span class="sm mute below">추가한 날</span>
        </>
      ) : (
        day(Date.parse(`${receivedOn}T00:00:00+09:00`), view.now)
      ),
  },
  { head: '상태', cell: ({ code }) => <Tag word={BLOCK_WORDS[code]} /> },
  {
    head: '반납',
    hideHead: true,
    class: 'noprint',
    cell: (row) => row.left > 0 && <Retire model={model} view={view} row={row} />,
  },
];

const Retire = ({ model, view, row }: { model: BandModel; view: View; row: BlockRow }) => {
  const may = mayManage(view.operator) && model.frozen === undefined;
  const id = `retire-${row.block}`;
  return (
    <>
      <ButtonForm
        view={view}
        action={`${bandPath(model.contractId)}/retire`}
        id={id}
        name={String(row.block)}
        fields={{ block: String(row.block) }}
        small
        disabled={!may}
        {...(may
          ? { dialog: `ask-${id}` }
          : { describedBy: model.frozen === undefined ? 'no-manage' : 'frozen' })}
      >
        반납<span class="vh">: {spanWords(row)}</span>
      </ButtonForm>
      {may && <ConfirmDialog id={`ask-${id}`} form={id} ask={askRetire(row.block, row.left)} />}
    </>
  );
};
