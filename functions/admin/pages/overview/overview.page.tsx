import type { Page } from '../../page.ts';
import { hourMinute } from '../../time.ts';
import { Card } from '../../ui/frame.tsx';
import { Tag, ToneIcon } from '../../ui/icon.tsx';
import { LiveControl } from '../../ui/live.tsx';
import { Empty, Note } from '../../ui/message.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type CardModel, cardsOf } from './cards.ts';
import { HoursChart, HoursTable } from './chart.tsx';
import type { Facts } from './facts.ts';
import { type Hours, hoursOf } from './hours.ts';
import { readFacts } from './read-facts.ts';
import type { Todo } from './todo-rule.ts';
import { todosOf } from './todo.ts';

export interface OverviewModel {
  now: number;
  todos: Todo[];
  cards: CardModel[];
  hours: Hours;
  /** the carrier is left alone for all; a sentence */
  carrier?: string;
}

const REFRESH_SECONDS = 30;

export const overviewPage: Page<OverviewModel> = {
  path: '/',
  role: 'view',
  rail: 'overview',
  title: () => '개요',
  refresh: REFRESH_SECONDS,
  read: async ({ ports, now }) => {
    const facts = await readFacts(ports, now);
    const carrier = carrierSentence(facts);
    return {
      outcome: 'found',
      model: {
        now,
        todos: todosOf(facts),
        cards: cardsOf(facts),
        hours: hoursOf(facts.tallies ?? [], now),
        ...(carrier !== undefined && { carrier }),
      },
    };
  },
  render: (model) => (
    <>
      <div class="ph">
        <div id="overview-head" data-live>
          <h1>
            {model.todos.length === 0
              ? '지금 처리할 일이 없습니다'
              : `지금 처리할 일 ${model.todos.length}건`}
          </h1>
          <p>
            <Moment at={model.now} now={model.now} as="words" /> 기준입니다.
          </p>
        </div>
        <LiveControl seconds={REFRESH_SECONDS} />
      </div>
      <div class="stack">
        <div id="overview-todo" class="stack" data-live>
          {model.carrier !== undefined && <Note tone="warn">{model.carrier}</Note>}
          <TodoList todos={model.todos} />
        </div>
        <div id="overview-cards" class="kpis" data-live>
          {model.cards.map((card) => (
            <HealthCard card={card} />
          ))}
        </div>
        <Card
          title="오늘 시간대별 전송"
          aside={
            <div class="lg" id="overview-sums" data-live>
              <span>전송완료 {model.hours.done.toLocaleString('ko')}건</span>
              <span class="x">전송실패 {model.hours.failed.toLocaleString('ko')}건</span>
            </div>
          }
        >
          <div id="overview-chart" data-live>
            <HoursChart hours={model.hours} />
          </div>
          <details>
            <summary>표로 보기</summary>
            <div id="overview-table" data-live>
              <HoursTable hours={model.hours} />
            </div>
          </details>
        </Card>
      </div>
    </>
  ),
};

const TodoList = ({ todos }: { todos: readonly Todo[] }) => (
  <section class="card" aria-label="지금 처리할 일">
    {todos.length === 0 ? (
      <Empty text="처리할 일이 없습니다. 새 신청이나 실패가 생기면 여기에 나타납니다." />
    ) : (
      <ul class="todo">
        {todos.map((todo, i) => (
          <li>
            <ToneIcon name={todo.icon} tone={todo.tone} />
            <div>
              <strong>{todo.text}</strong>
              {todo.detail !== '' && <p class="sm">{todo.detail}</p>}
            </div>
            <a class={i === 0 ? 'btn s p' : 'btn s'} href={todo.href}>
              {todo.button}
            </a>
          </li>
        ))}
      </ul>
    )}
  </section>
);

const HealthCard = ({ card }: { card: CardModel }) => (
  <section class="card kpi" aria-label={card.title}>
    <h2>
      {card.title} <Tag word={card.word} />
    </h2>
    <p class="v">
      {card.value} {card.of !== '' && <small>{card.of}</small>}
    </p>
    <p class="sm mute">{card.line}</p>
    {card.percent !== undefined && (
      <Meter percent={card.percent} tone={card.word.tone === 'gray' ? 'info' : card.word.tone} />
    )}
    <a class="more" href={card.href}>
      {card.link}
    </a>
  </section>
);

const PAUSED = {
  maintenance: '우체국이 점검 중입니다.',
  unreachable: '우체국이 응답하지 않습니다.',
  'wrong-key': '우체국 인증키가 맞지 않는 것으로 보입니다. 개발팀에 알려 주세요.',
} as const;

const carrierSentence = ({ carrierPause, now }: Facts): string | undefined => {
  if (carrierPause === undefined) return undefined;
  const next = Math.max(carrierPause.until, now);
  return `${PAUSED[carrierPause.reason]} 출고정보는 보관했고 ${hourMinute(next)}에 다시 확인합니다. (${hourMinute(carrierPause.since)}부터)`;
};
