import { behaviours } from '../behaviours.ts';
import { faultKinds } from '../faults.ts';
import { journeyPlans } from '../office/journeys.ts';
import { kstParts } from '../wire/kst.ts';
import { operations } from '../wire/operations.ts';
import { switchValues } from '../switches.ts';
import type { SimulatorState } from './control.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';

const labels = { certain: '확실', likely: '추정', unknown: '모름' } as const;

/** The control page: what happened, what is switched on, and how sure each behaviour is. Works without script. */
export function controlPage(state: SimulatorState, notice = ''): string {
  const { day, time } = kstParts(state.now);
  return html`<!doctype html>
    <html lang="ko">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>모의 우체국</title>
        <style>
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            max-width: 60rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          th,
          td {
            text-align: left;
            padding: 0.3rem 0.6rem;
            border-bottom: 1px solid #ccc;
          }
          form {
            display: flex;
            flex-wrap: wrap;
            gap: 0.6rem;
            align-items: end;
            margin: 0.6rem 0;
          }
          label {
            display: grid;
            font-size: 0.85rem;
          }
          input,
          select,
          button {
            font: inherit;
            padding: 0.3rem 0.5rem;
          }
          td form {
            margin: 0;
          }
          @media (prefers-color-scheme: dark) {
            :root {
              color-scheme: dark;
            }
          }
        </style>
      </head>
      <body>
        <h1>모의 우체국</h1>
        <p>
          개발용입니다. 여기서 잘 되는 것이 실제 우체국에서도 된다는 증거는 아닙니다. 가상 시각 ${day} ${time}
        </p>
        ${notice === '' ? '' : html`<p role="status"><strong>${notice}</strong></p>`} ${counts(state)}
        <h2>느림·실패</h2>
        ${faultTable(state)} ${faultForm()}
        <h2>배송 여정</h2>
        ${journeyForms()}
        <h2>동작 바꾸기</h2>
        ${switchForm(state)}
        <h2>얼마나 확실한가</h2>
        ${behaviourTable()}
      </body>
    </html>`.markup;
}

function counts(state: SimulatorState): Markup {
  const rows: ReadonlyArray<readonly [string, number]> = [
    ['접수', state.bookings],
    ['테스트 접수', state.testBookings],
    ['같은 주문의 두 번째 접수', state.secondRegistrations],
    ['서로 다른 운송장번호', state.distinctNumbers],
    ['모든 호출', state.totalCalls],
    ['동시 호출 지금', state.inFlight],
    ['동시 호출 최대', state.maxInFlight],
    ...Object.entries(state.calls),
  ];
  return html`<table>
      ${rows.map(
        ([name, n]) =>
          html`<tr>
            <th>${name}</th>
            <td>${n.toLocaleString('ko')}</td>
          </tr>`,
      )}
    </table>
    <p><a href="/control/state">JSON으로 보기</a></p>`;
}

function faultTable(state: SimulatorState): Markup {
  if (state.faults.length === 0) return html`<p>켜 놓은 실패가 없습니다.</p>`;
  const rows = state.faults.map(
    (fault) =>
      html`<tr>
        <td>${faultKinds[fault.kind]}</td>
        <td>${fault.operation ?? '모든 호출'}</td>
        <td>${fault.hits}회 적용${fault.times === undefined ? '' : ` / ${fault.times}회`}</td>
        <td>
          <form method="post" action="/control/faults/remove">
            <input type="hidden" name="id" value="${fault.id}" /><button>끄기</button>
          </form>
        </td>
      </tr>`,
  );
  return html`<table>
      ${rows}
    </table>
    <form method="post" action="/control/faults/clear"><button>모두 끄기</button></form>`;
}

function faultForm(): Markup {
  return html`<form method="post" action="/control/faults">
    <label
      >종류<select name="kind">
        ${Object.entries(faultKinds).map(([kind, text]) => option(kind, text))}
      </select></label
    >
    <label
      >호출<select name="operation">
        ${[option('', '모두'), ...operations.map((name) => option(name, name))]}
      </select></label
    >
    <label>횟수<input name="times" type="number" min="1" placeholder="계속" /></label>
    <label
      >확률 (0~1)<input name="probability" type="number" min="0" max="1" step="any" placeholder="1"
    /></label>
    <label>지연 (ms)<input name="delayMs" type="number" min="0" /></label>
    <label>주문번호<input name="orderNo" placeholder="모두" /></label>
    <button>켜기</button>
  </form>`;
}

function journeyForms(): Markup {
  return html`<form method="post" action="/control/journeys">
      <label>운송장번호<input name="play" value="all" /></label>
      <label>어디까지<input name="until" placeholder="끝까지" /></label><button>지금 진행</button>
    </form>
    <form method="post" action="/control/journeys">
      <label>주문번호<input name="orderNo" value="*" /></label>
      <label
        >여정<select name="plan">
          ${Object.keys(journeyPlans).map((name) => option(name, name))}
        </select></label
      >
      <button>정하기</button>
    </form>`;
}

function switchForm(state: SimulatorState): Markup {
  const fields = Object.entries(switchValues).map(([name, values]) => {
    const current = String(state.switches[name as keyof typeof switchValues]);
    if (name === 'dataGoKrQuota') {
      return html`<label>${name}<input name="${name}" type="number" min="0" value="${current}" /></label>`;
    }
    return html`<label
      >${name}<select name="${name}">
        ${values.map((v) => option(String(v), String(v), current))}
      </select></label
    >`;
  });
  return html`<form method="post" action="/control/switches">${fields}<button>바꾸기</button></form>`;
}

function behaviourTable(): Markup {
  const rows = behaviours.map(
    (b) =>
      html`<tr>
        <td>${labels[b.sure]}</td>
        <td>${b.text}</td>
        <td>${b.switch ?? ''}</td>
        <td lang="en">${b.source}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th>확실함</th>
        <th>동작</th>
        <th>스위치</th>
        <th>근거</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function option(value: string, text: string, current?: string): Markup {
  return value === current
    ? html`<option value="${value}" selected>${text}</option>`
    : html`<option value="${value}">${text}</option>`;
}
