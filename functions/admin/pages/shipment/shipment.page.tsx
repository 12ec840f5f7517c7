import type { Child } from 'hono/jsx';
import type { Confirmation, Context, Page, Read, View } from '../../page.ts';
import { moment, span } from '../../time.ts';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { ButtonForm } from '../../ui/form.tsx';
import { Card, CopyButton, IdentityBar } from '../../ui/frame.tsx';
import { Tag } from '../../ui/icon.tsx';
import { Revealed } from '../../ui/revealed.tsx';
import { Steps, SummaryList, Timeline } from '../../ui/list.tsx';
import { SHIPMENT_WORDS } from '../../vocabulary.ts';
import { asNumber } from '../shipments/search.ts';
import type { Doable } from './can-do.ts';
import { findShipment, readModel, type ShipmentModel } from './model.ts';
import { askCancel, askResend, askReveal } from './questions.ts';

const read = async (context: Context): Promise<Read<ShipmentModel>> => {
  const param = context.params['waybill'] ?? '';
  const found = await findShipment(context.ports, param);
  if (found !== undefined) return { outcome: 'found', model: await readModel(context, found.shipment) };
  // A number that ePost drew itself is only found by looking through recent shipments.
  const number = asNumber(param);
  return number === undefined
    ? { outcome: 'not-found' }
    : { outcome: 'redirect', to: `/shipments?q=${encodeURIComponent(param)}` };
};

export const shipmentPage: Page<ShipmentModel> = {
  path: '/shipments/:waybill',
  role: 'view',
  rail: 'shipments',
  title: ({ name }) => `운송장 ${name}`,
  crumbs: () => [{ href: '/shipments', label: '배송 조회' }],
  read,
  render: (model, view) => (
    <>
      <div class="card">
        <Identity model={model} />
        <Steps
          label="배송 단계"
          steps={model.steps.map(({ label, at, state }) => ({
            label,
            state,
            detail: at === undefined ? (state === 'ahead' ? '아직 아님' : '시각 없음') : moment(at, view.now),
          }))}
        />
      </div>
      <div class="two">
        <Card title="진행 기록" aside={<span class="sm mute">최근 순서</span>}>
          <Timeline items={model.history} now={view.now} seconds />
        </Card>
        <div class="stack">
          <Recipient model={model} view={view} />
          <CanDoCard model={model} view={view} />
          <Developer model={model} view={view} />
        </div>
      </div>
    </>
  ),
};

const Identity = ({ model }: { model: ShipmentModel }) => (
  <IdentityBar
    title={model.name}
    facts={[
      {
        name: '쇼핑몰',
        value: <a href={`/shipments?shop=${encodeURIComponent(model.contractId)}`}>{model.shop}</a>,
      },
      {
        name: '주문번호',
        value: (
          <>
            {model.orderId} {model.box && <span class="mute sm">({model.box})</span>}
          </>
        ),
      },
      {
        name: model.confirmed ? '전송까지 걸린 시간' : '출고 후 지난 시간',
        value: (
          <>
            {span(model.tookMs)}{' '}
            <span class="mute sm">({model.late ? '약속 20분을 넘김' : '약속 20분'})</span>
          </>
        ),
      },
    ]}
  >
    <Tag
      word={SHIPMENT_WORDS[model.code]}
      {...(model.code === 'tx-retrying' && { more: `${model.attempt}/5` })}
    />
    {model.number !== undefined && <CopyButton text={model.number} label="번호 복사" />}
  </IdentityBar>
);

const actionPath = (model: ShipmentModel, name: string): string =>
  `/shipments/${encodeURIComponent(model.path)}/${name}`;

const Recipient = ({ model, view }: { model: ShipmentModel; view: View }) => {
  const whole = view.shown['name'] === undefined ? undefined : view.shown;
  const { recipient } = model;
  return (
    <Card title="받는 분" aside={whole && <span class="sm mute noprint">전체 보기 중</span>}>
      {recipient === undefined ? (
        <p>보관 기간이 지나 지웠습니다.</p>
      ) : (
        <>
          <SummaryList
            items={[
              { name: '이름', value: <Revealed masked={recipient.name} whole={whole?.['name']} /> },
              { name: '연락처', value: <Revealed masked={recipient.phone} whole={whole?.['phone']} /> },
              { name: '주소', value: <Revealed masked={recipient.address} whole={whole?.['address']} /> },
            ]}
          />
          {whole === undefined && view.operator.role !== 'view' && (
            <ButtonForm
              view={view}
              action={actionPath(model, 'reveal')}
              id="reveal"
              dialog="ask-reveal"
              small
            >
              전체 보기
            </ButtonForm>
          )}
          <p class="sm mute">전체 보기를 누르면 사유와 함께 처리 기록에 남습니다.</p>
          <ConfirmDialog id="ask-reveal" form="reveal" ask={askReveal()} />
        </>
      )}
    </Card>
  );
};

const CanDoCard = ({ model, view }: { model: ShipmentModel; view: View }) => (
  <Card title="할 수 있는 일" class="noprint">
    <Deed view={view} model={model} name="check" doable={model.can.check}>
      배송상태 지금 확인
    </Deed>
    <Deed view={view} model={model} name="resend" doable={model.can.resend} ask={askResend(model.name)}>
      출고정보 다시 전송
    </Deed>
    <Deed view={view} model={model} name="cancel" doable={model.can.cancel} ask={askCancel(model.name)}>
      출고 취소 요청
    </Deed>
  </Card>
);

const NO_ROLE = '조회 전용이라 할 수 없습니다. 권한이 필요하면 관리자에게 요청해 주세요.';
const Deed = (props: {
  view: View;
  model: ShipmentModel;
  name: 'check' | 'resend' | 'cancel';
  doable: Doable;
  ask?: Confirmation;
  children: Child;
}) => {
  const { name, doable, view } = props;
  const may = doable.may && view.operator.role !== 'view';
  return (
    <div>
      <ButtonForm
        view={view}
        action={actionPath(props.model, name)}
        id={`do-${name}`}
        disabled={!may}
        describedBy={`${name}-says`}
        {...(props.ask && may && { dialog: `ask-${name}` })}
      >
        {props.children}
      </ButtonForm>
      <p class="sm mute hint" id={`${name}-says`}>
        {doable.may && !may ? NO_ROLE : doable.says}
      </p>
      {props.ask && may && <ConfirmDialog id={`ask-${name}`} form={`do-${name}`} ask={props.ask} />}
    </div>
  );
};

const Developer = ({ model }: { model: ShipmentModel; view: View }) => (
  <Card title="개발자 정보">
    <SummaryList
      items={[
        ...model.developer.map(({ name, value }) => ({ name, value: <code>{value}</code> })),
        { name: '원본', value: <a href={`/api/shipments/${encodeURIComponent(model.path)}`}>JSON 보기</a> },
      ]}
    />
  </Card>
);
