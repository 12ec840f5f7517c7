import type { Page, RailCount, View } from '../../page.ts';
import type { Ports } from '../../ports.ts';
import { missingYears } from '../../../merchant/missing-years.ts';
import { day as dayText, momentOnPaper } from '../../time.ts';
import { allows } from '../../role.ts';
import { ButtonForm, Form, TextField } from '../../ui/form.tsx';
import { Card, PageHead, Tabs } from '../../ui/frame.tsx';
import { Empty, Note } from '../../ui/message.tsx';
import { type Column, ListFoot, Table } from '../../ui/table.tsx';
import { type HolidayRow, type HolidaysModel, modelOf, yearIn, yearOf } from './model.ts';

const PATH = '/settings/holidays';
const NO_ROLE = '공휴일은 관리자만 바꿀 수 있습니다. 바꿀 일이 있으면 관리자에게 요청해 주세요.';

export const holidaysPage: Page<HolidaysModel> = {
  path: PATH,
  role: 'view',
  rail: 'holidays',
  title: () => '공휴일',
  read: async ({ ports, query, now }) => ({
    outcome: 'found',
    model: modelOf(await ports.holidays.read(), yearIn(query, now), now),
  }),
  render: (model, view) => <HolidaysView model={model} view={view} />,
  csv: ({ year, days }) => ({
    name: `holidays-${year}`,
    head: ['날짜', '이름', '출처', '넣은 사람', '넣은 시각'],
    rows: days.map(({ day, name, source, by = '', at }) => [
      day,
      name,
      SOURCES[source],
      by,
      at === undefined ? '' : momentOnPaper(at),
    ]),
  }),
  waiting: async (ports, now) => waitingYears(ports, now),
};

const waitingYears = async (
  { calendar }: Pick<Ports, 'calendar'>,
  now: number,
): Promise<RailCount | undefined> => {
  const [first] = missingYears(await calendar(), now);
  if (first === undefined) return undefined;
  return { shown: '없음', means: `, ${first}년 공휴일 자료`, tone: first === yearOf(now) ? 'bad' : 'warn' };
};

const SOURCES = { gazette: '관보 월력요항', operator: '운영자 추가' } as const;

const HolidaysView = ({ model, view }: { model: HolidaysModel; view: View }) => {
  const { year, days } = model;
  return (
    <>
      <PageHead
        title="공휴일"
        sub="승인 기한 3영업일은 주말과 이 날들을 빼고 셉니다. 임시공휴일이 정해지면 더해 주세요."
      />
      <Missing model={model} />
      <Tabs
        label="연도"
        tabs={model.years.map((one) => ({
          href: addressOf(one),
          label: `${one}년`,
          current: one === year,
        }))}
      />
      <div class="two">
        <Card bare>
          <Table
            caption={`${year}년 공휴일 ${days.length}일`}
            columns={columns(model, view)}
            rows={days}
            empty={<Empty text={`${year}년 공휴일이 아직 하나도 없습니다.`} />}
          />
          {days.length > 0 && (
            <ListFoot text={`${days.length}일 · ${DATA[model.data]}`} csv={addressOf(year, '&format=csv')} />
          )}
        </Card>
        <div class="stack">
          <Add model={model} view={view} />
          {model.data === 'missing' && <Complete model={model} view={view} />}
        </div>
      </div>
    </>
  );
};

const addressOf = (year: number, more = ''): string => `${PATH}?year=${year}${more}`;
const DATA = {
  gazette: '관보 월력요항에 있는 해입니다',
  stated: '운영자가 모두 넣었다고 표시한 해입니다',
  missing: '자료가 완전하지 않은 해입니다',
} as const;

const Missing = ({ model: { missing, thisYear } }: { model: HolidaysModel }) => (
  <>
    {missing.map((year) => (
      <Note tone={year === thisYear ? 'bad' : 'warn'}>
        <p>
          {year === thisYear
            ? `${year}년 공휴일 자료가 없어 새 신청의 승인 기한을 정할 수 없습니다. 신청을 받지 못하고 있습니다.`
            : `${year}년 공휴일 자료가 없습니다. 연말에 받는 신청의 승인 기한이 ${year}년으로 넘어가므로 지금 넣어야 합니다.`}{' '}
          <a href={addressOf(year)}>{year}년 공휴일 넣기</a>
        </p>
      </Note>
    ))}
  </>
);

const columns = ({ year }: HolidaysModel, view: View): Column<HolidayRow>[] => [
  {
    head: '날짜',
    class: 'nw',
    sorted: 'ascending',
    cell: ({ day }) => <time datetime={day}>{dayText(noon(day), noon(`${year}-01-01`))}</time>,
  },
  { head: '이름', names: true, cell: ({ name }) => <b>{name}</b> },
  {
    head: '출처',
    cell: ({ source, by, at }) => (
      <>
        {SOURCES[source]}
        {by !== undefined && at !== undefined && (
          <span class="sm mute below">
            {by} · {dayText(at, view.now)}
          </span>
        )}
      </>
    ),
  },
  {
    head: '삭제',
    hideHead: true,
    class: 'noprint',
    cell: (row) =>
      row.source === 'operator' &&
      allows(view.operator.role, 'manage') && (
        <ButtonForm
          view={view}
          action={`${PATH}/remove?year=${year}`}
          name={row.day}
          fields={{ day: row.day }}
          small
        >
          삭제<span class="vh">: {row.name}</span>
        </ButtonForm>
      ),
  },
];
/** Of a Korean day; any time of it would do. */
const noon = (day: string): number => Date.parse(`${day}T12:00:00+09:00`);

type Props = { model: HolidaysModel; view: View };

const Add = ({ model: { year }, view }: Props) => {
  const may = allows(view.operator.role, 'manage');
  return (
    <Card title="임시공휴일 추가" class="noprint">
      <Form view={view} action={`${PATH}/add?year=${year}`} name="add" class="gap">
        {may && (
          <>
            <TextField view={view} name="day" label="날짜" type="date" />
            <TextField
              view={view}
              name="name"
              label="이름"
              hint="예: 임시공휴일(국군의 날), 제22대 국회의원 선거일"
              maxlength={40}
            />
          </>
        )}
        <button class="btn" type="submit" disabled={!may} aria-describedby="add-says">
          공휴일 추가
        </button>
      </Form>
      <p class="sm mute hint" id="add-says">
        {may ? '기한이 어떻게 되는지 보여 드리고 사유를 여쭌 뒤에 더합니다.' : NO_ROLE}
      </p>
    </Card>
  );
};

/** A year nobody entered is an error, never "no holidays": somebody has to say that it is all there. */
const Complete = ({ model: { year, days }, view }: Props) => {
  const may = allows(view.operator.role, 'manage') && days.length > 0;
  const says = !allows(view.operator.role, 'manage')
    ? NO_ROLE
    : days.length === 0
      ? `${year}년 공휴일을 먼저 넣어 주세요.`
      : `${days.length}일을 넣었습니다. 관보 월력요항과 견주어 빠진 날이 없을 때 눌러 주세요.`;
  return (
    <Card title={`${year}년 자료 완료`} class="noprint">
      <p>관보 월력요항이 아직 없는 해입니다. 모두 넣은 뒤 완료로 표시해야 기한을 셀 수 있습니다.</p>
      <ButtonForm
        view={view}
        action={`${PATH}/complete?year=${year}`}
        name="complete"
        id="complete"
        fields={{ year: String(year) }}
        disabled={!may}
        describedBy="complete-says"
      >
        {year}년 자료 완료로 표시
      </ButtonForm>
      <p class="sm mute hint" id="complete-says">
        {says}
      </p>
    </Card>
  );
};
