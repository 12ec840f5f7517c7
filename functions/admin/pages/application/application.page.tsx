import type { Page, View } from '../../page.ts';
import { moment } from '../../time.ts';
import { Card, IdentityBar } from '../../ui/frame.tsx';
import { Tag } from '../../ui/icon.tsx';
import { Timeline } from '../../ui/list.tsx';
import { Note } from '../../ui/message.tsx';
import { ago } from '../../time.ts';
import { APPLICATION_WORDS } from '../../vocabulary.ts';
import type { Due } from '../applications/due.ts';
import { ChecksCard } from './checks-card.tsx';
import { DecisionCard } from './decision.tsx';
import { FactsCard } from './facts-card.tsx';
import { AssignCard, HoldCard, LifeCard } from './life.tsx';
import type { ApplicationModel } from './model.ts';
import { readApplication } from './read.ts';

export const applicationPage: Page<ApplicationModel> = {
  path: '/applications/:id',
  role: 'view',
  rail: 'applications',
  title: ({ companyName }) => `${companyName} 신청 심사`,
  crumbs: () => [{ href: '/applications', label: '신청 심사' }],
  read: readApplication,
  render: (model, view) => (
    <>
      <div class="card">
        <Identity model={model} view={view} />
      </div>
      {model.viewers.map(({ name, since }) => (
        <Note tone="warn">
          {name} 님이 {ago(since, view.now).replace(/ 전$/, ' 전부터')} 보고 있습니다.
        </Note>
      ))}
      <div class="two">
        <div class="stack">
          <ChecksCard model={model} view={view} />
          <FactsCard model={model} view={view} />
          <HistoryCard model={model} view={view} />
        </div>
        <div class="stack">
          <DecisionCard model={model} view={view} />
          <HoldCard model={model} view={view} />
          <LifeCard model={model} view={view} />
        </div>
      </div>
    </>
  ),
};

type Props = { model: ApplicationModel; view: View };

const Identity = ({ model, view }: Props) => (
  <IdentityBar
    title={model.companyName}
    facts={[
      { name: '승인 기한', value: <DueTag due={model.due} /> },
      { name: '신청', value: moment(model.submittedAt, view.now) },
      {
        name: '담당자',
        value: (
          <span class="row">
            {model.assignee?.name ?? '없음'}
            <AssignCard model={model} view={view} />
          </span>
        ),
      },
    ]}
  >
    <Tag word={APPLICATION_WORDS[model.status]} />
    <span class="mute">
      {model.kind}
      {model.domain !== undefined && ` · ${model.domain}`}
    </span>
  </IdentityBar>
);

const DueTag = ({ due }: { due: Due }) => {
  const text = `${due.day} · ${due.words}`;
  if (due.mark === 'over') return <Tag word={{ label: text, tone: 'bad', icon: 'triangle' }} />;
  if (due.mark === 'today') return <Tag word={{ label: text, tone: 'warn', icon: 'clock' }} />;
  return <>{text}</>;
};

const HistoryCard = ({ model, view }: Props) => (
  <Card title="처리 기록">
    <Timeline
      now={view.now}
      items={model.history.map(({ lines, kind, ...entry }) => ({
        ...entry,
        ...(kind && { kind }),
        ...(lines.length > 0 && {
          text: <>{lines.flatMap((text, i) => (i === 0 ? [text] : [<br />, text]))}</>,
        }),
      }))}
    />
  </Card>
);
