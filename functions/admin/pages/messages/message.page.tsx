import { deedWords } from '../../../audit/deeds.ts';
import type { AuditRow } from '../../../audit/audit.ts';
import { failureWords, type Message } from '../../../notification/message.ts';
import { checkSmsText } from '../../../notification/sms-text.ts';
import type { Context, Page, Read, View } from '../../page.ts';
import { allows } from '../../role.ts';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { ButtonForm } from '../../ui/form.tsx';
import { Card, IdentityBar } from '../../ui/frame.tsx';
import { Tag } from '../../ui/icon.tsx';
import { type Happening, SummaryList, Timeline } from '../../ui/list.tsx';
import { Moment } from '../../ui/moment.tsx';
import { MESSAGE_WORDS } from '../../vocabulary.ts';
import { askResendSms, isResendable } from './resend-sms.actions.ts';
import { applicationIdOf, type MessageRow, rowOf } from './row.ts';

interface MessageModel extends MessageRow {
  createdAt: number;
  /** whether it is one SMS, and what is wrong where not */
  lengthSays: string;
  attempts: number;
  providerId?: string;
  history: Happening[];
}

const FITS = '문자 1건에 들어갑니다.';

const read = async ({ ports, params, now }: Context): Promise<Read<MessageModel>> => {
  const message = await ports.messages.read(params['id'] ?? '');
  if (message === undefined) return { outcome: 'not-found' };
  const applicationId = applicationIdOf(message);
  const checked = checkSmsText(message.text);
  const [application, rows] = await Promise.all([
    applicationId === undefined ? undefined : ports.applications.read(applicationId),
    ports.audit.of(`message#${message.messageId}`),
  ]);
  return {
    outcome: 'found',
    model: {
      ...rowOf(message, application?.companyName, now),
      createdAt: message.createdAt,
      lengthSays: checked.outcome === 'fits' ? FITS : checked.reason,
      attempts: message.attempt ?? 0,
      ...(message.providerId !== undefined && { providerId: message.providerId }),
      history: historyOf(message, rows),
    },
  };
};

/** Newest first. An attempt before the last one is known by the order that sent it again. */
const historyOf = (message: Message, rows: readonly AuditRow[]): Happening[] => {
  const { state, createdAt, claimedAt, sentAt, failure } = message;
  const ended = sentAt ?? claimedAt;
  const last: Happening[] =
    ended === undefined || (state === 'pending' && failure === undefined)
      ? []
      : [
          {
            title: state === 'pending' ? '보내지 못해 다시 시도' : MESSAGE_WORDS[state].label,
            by: '문자 서비스',
            at: ended,
            kind: state === 'sent' ? 'now' : 'bad',
            ...(failure !== undefined && { text: failureWords(failure) }),
          },
        ];
  const orders = rows.map(({ what, by, at, reason }): Happening => ({
    title: deedWords(what),
    by: by.name,
    at,
    ...(reason !== undefined && { text: reason }),
  }));
  const first: Happening = { title: '문자 작성', by: '신청 처리', at: createdAt, kind: 'sys' };
  return [...last, ...orders, first].toSorted((a, b) => b.at - a.at);
};

export const messagePage: Page<MessageModel> = {
  path: '/messages/:id',
  role: 'view',
  rail: 'messages',
  title: ({ merchant, use }) => `${merchant} 문자, ${use}`,
  crumbs: () => [{ href: '/messages', label: '문자 발송' }],
  read,
  render: (model, view) => (
    <>
      <div class="card">
        <Identity model={model} view={view} />
      </div>
      <div class="two">
        <div class="stack">
          <Card title="내용">
            <p class="sms">{model.text}</p>
            <div class={model.lengthSays === FITS ? 'smsm' : 'smsm over'}>
              <span>{model.lengthSays}</span>
              <span>
                <b>{model.length.units}</b>/70자 · <b>{model.length.bytes}</b>/90바이트
              </span>
            </div>
          </Card>
          <Card title="진행 기록" aside={<span class="sm mute">최근 순서</span>}>
            <Timeline items={model.history} now={view.now} seconds />
          </Card>
        </div>
        <div class="stack">
          <Resend model={model} view={view} />
          <Developer model={model} />
        </div>
      </div>
    </>
  ),
};

const Identity = ({ model, view }: Props) => (
  <IdentityBar
    title={model.use}
    facts={[
      {
        name: '쇼핑몰',
        value:
          model.applicationId === undefined ? (
            model.merchant
          ) : (
            <a href={`/applications/${encodeURIComponent(model.applicationId)}`}>{model.merchant}</a>
          ),
      },
      { name: '받는 번호', value: model.number },
      {
        name: model.state === 'pending' ? '보낼 시각' : '보낸 시각',
        value: <Moment at={model.at} now={view.now} relative="beside" />,
      },
    ]}
  >
    <Tag word={MESSAGE_WORDS[model.state]} />
    {model.says !== undefined && <span class="sm">{model.says}</span>}
  </IdentityBar>
);

type Props = { model: MessageModel; view: View };

const Resend = ({ model, view }: Props) => {
  const may = isResendable(model) && allows(view.operator.role, 'review');
  const ask = askResendSms(model, view.now);
  return (
    <Card title="할 수 있는 일" class="noprint">
      <ButtonForm
        view={view}
        action={`/messages/${encodeURIComponent(model.messageId)}/resend`}
        id="resend"
        disabled={!may}
        describedBy="resend-says"
        {...(may && { dialog: 'ask-resend' })}
      >
        다시 보내기
      </ButtonForm>
      <p class="sm mute hint" id="resend-says">
        {saysOfResend(model, view)}
      </p>
      {may && <ConfirmDialog id="ask-resend" form="resend" ask={ask} />}
    </Card>
  );
};

const saysOfResend = ({ state }: MessageModel, { operator }: View): string => {
  switch (state) {
    case 'sent':
      return '이미 보냈습니다. 보낸 문자는 다시 보내지 않습니다.';
    case 'pending':
    case 'sending':
      return '자동으로 보냅니다. 끝난 뒤 실패했을 때만 다시 보낼 수 있습니다.';
    case 'failed':
    case 'unknown':
      return allows(operator.role, 'review')
        ? '사유를 남기고 한 번 더 보냅니다.'
        : '조회 전용이라 할 수 없습니다. 권한이 필요하면 관리자에게 요청해 주세요.';
  }
};

const Developer = ({ model }: { model: MessageModel }) => (
  <Card title="개발자 정보">
    <SummaryList
      items={[
        { name: '문자 번호', value: <code>{model.messageId}</code> },
        { name: '템플릿', value: <code>{model.template}</code> },
        { name: '보내기 시도', value: `${model.attempts}회` },
        ...(model.providerId === undefined
          ? []
          : [{ name: '문자 서비스 번호', value: <code>{model.providerId}</code> }]),
        {
          name: '원본',
          value: <a href={`/api/messages/${encodeURIComponent(model.messageId)}`}>JSON 보기</a>,
        },
      ]}
    />
  </Card>
);
