import { createCalendar } from '../../../runtime/business-days.ts';
import type { HolidayChange, StoredHolidays } from '../../../merchant/holidays.store.ts';
import { type Form, one, type Parsed, type Problem } from '../../form.ts';
import type { Action, ActionResult, Confirmation, Context } from '../../page.ts';
import { withObject } from '../../particle.ts';
import { day as dayText } from '../../time.ts';
import { actorOf } from '../deeds.ts';
import { effectOf } from './effect.ts';
import { modelOf, openYears } from './model.ts';

const PATH = '/settings/holidays';
const MOST_NAME = 40;

const changeOf = (context: Context, reason: string | undefined): HolidayChange => ({
  by: actorOf(context),
  now: context.now,
  requestId: context.requestId,
  ...(reason !== undefined && { reason }),
});
const done = (year: string, text: string): ActionResult => ({
  outcome: 'done',
  to: `${PATH}?year=${year}`,
  notice: { tone: 'ok', text },
});
const wrong = (field: string, message: string): Problem => ({ field, message });

interface NewDay {
  /** yyyy-mm-dd */
  day: string;
  name: string;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(Date.parse(`${text}T00:00:00Z`)).toJSON()?.slice(0, 10) === text;

const parseNewDay = (form: Form): Parsed<NewDay> => {
  const [day, name] = [one(form, 'day'), one(form, 'name')];
  const problems = [
    ...(isDay(day) ? [] : [wrong('day', '공휴일 날짜를 달력에 있는 날로 넣어 주세요')]),
    ...(name === '' ? [wrong('name', '공휴일 이름을 넣어 주세요')] : []),
    ...(name.length > MOST_NAME ? [wrong('name', `이름을 ${MOST_NAME}자 안으로 줄여 주세요`)] : []),
  ];
  return problems.length > 0 ? { outcome: 'problems', problems } : { outcome: 'input', input: { day, name } };
};

/** Why a day cannot be added now; what was already one stays as it is called. */
const problemWith = ({ day }: NewDay, stored: StoredHolidays, now: number): Problem | undefined => {
  const years = openYears(now);
  const year = Number(day.slice(0, 4));
  if (!years.includes(year))
    return wrong('day', `${years[0]}년부터 ${years.at(-1)}년 사이의 날짜를 넣어 주세요`);
  const known = modelOf(stored, year, now).days.find((one) => one.day === day);
  return known && wrong('day', `이미 공휴일입니다(${known.name}). 다른 날짜를 넣어 주세요`);
};

const dayOf = (day: string, now: number): string => dayText(Date.parse(`${day}T12:00:00+09:00`), now);

const addDay: Action<NewDay> = {
  path: `${PATH}/add`,
  role: 'manage',
  page: PATH,
  parse: parseNewDay,
  confirm: async ({ ports, now }, input) => {
    const stored = await ports.holidays.read();
    if (problemWith(input, stored, now) !== undefined) return undefined;
    const { day, name } = input;
    const business = createCalendar(stored).isBusinessDay(day);
    const weekend = business.outcome === 'known' && !business.businessDay;
    return {
      title: `${dayOf(day, now)}을 공휴일로 할까요?`,
      body: [
        `${withObject(name)} 더합니다.`,
        ...(weekend
          ? ['주말이라 기한을 세는 데에는 달라지는 것이 없습니다.']
          : await effectOf(ports, day, now)),
      ],
      submit: '공휴일 추가',
      asksReason: true,
    };
  },
  perform: async (context, input, { reason }) => {
    const { ports, now } = context;
    const problem = problemWith(input, await ports.holidays.read(), now);
    if (problem !== undefined) return { outcome: 'problems', problems: [problem] };
    const { day, name } = input;
    return (await ports.holidays.add(day, name, changeOf(context, reason)))
      ? done(
          day.slice(0, 4),
          `${dayOf(day, now)} ${withObject(name)} 더했습니다. 1분 안에 모든 계산에 들어갑니다.`,
        )
      : { outcome: 'conflict', message: '다른 관리자가 먼저 넣은 날입니다. 목록을 확인해 주세요.' };
  },
};

const removeDay: Action<{ day: string }> = {
  path: `${PATH}/remove`,
  role: 'manage',
  page: PATH,
  parse: (form) => ({ outcome: 'input', input: { day: one(form, 'day') } }),
  confirm: async ({ ports, now }, { day }): Promise<Confirmation | undefined> => {
    const name = (await ports.holidays.read()).days[day];
    if (name === undefined) return undefined;
    return {
      title: `${dayOf(day, now)} 공휴일을 삭제할까요?`,
      body: [`${withObject(name)} 지우고 그날을 다시 영업일로 셉니다.`, ...(await effectOf(ports, day, now))],
      submit: '삭제하기',
      danger: true,
      asksReason: true,
    };
  },
  perform: async (context, { day }, { reason }) => {
    const removed = isDay(day) && (await context.ports.holidays.remove(day, changeOf(context, reason)));
    return removed
      ? done(day.slice(0, 4), `${dayOf(day, context.now)} 공휴일을 삭제했습니다.`)
      : { outcome: 'conflict', message: '이미 삭제한 날입니다. 목록을 확인해 주세요.' };
  },
};

const completeYear: Action<{ year: number }> = {
  path: `${PATH}/complete`,
  role: 'manage',
  page: PATH,
  parse: (form) => ({ outcome: 'input', input: { year: Number(one(form, 'year')) } }),
  confirm: async ({ ports, now }, { year }) => {
    const model = modelOf(await ports.holidays.read(), year, now);
    if (unready(model, now) !== undefined) return undefined;
    return {
      title: `${year}년 자료를 완료로 표시할까요?`,
      body: [
        `넣은 ${model.days.length}일 말고는 공휴일이 없는 해로 셉니다. 완료 표시는 지울 수 없고, 빠진 날은 나중에도 더할 수 있습니다.`,
        `빠진 날이 있으면 승인 기한이 이르게 정해집니다. 관보 월력요항과 견주어 주세요.`,
      ],
      submit: '완료로 표시',
      asksReason: true,
    };
  },
  perform: async (context, { year }, { reason }) => {
    const { ports, now } = context;
    const problem = unready(modelOf(await ports.holidays.read(), year, now), now);
    if (problem !== undefined) return { outcome: 'conflict', message: problem };
    return (await ports.holidays.completeYear(year, changeOf(context, reason)))
      ? done(String(year), `${year}년 공휴일 자료를 완료로 표시했습니다.`)
      : { outcome: 'conflict', message: '이미 완료로 표시한 해입니다.' };
  },
};

const unready = ({ year, data, days }: ReturnType<typeof modelOf>, now: number): string | undefined => {
  if (!openYears(now).includes(year)) return '이 해는 바꿀 수 없습니다.';
  if (data !== 'missing') return '이미 자료가 있는 해입니다.';
  return days.length === 0 ? `${year}년 공휴일을 하나도 넣지 않았습니다. 먼저 넣어 주세요.` : undefined;
};

export const holidaysActions = [addDay, removeDay, completeYear] as const;
