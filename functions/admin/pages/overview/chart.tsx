import type { Hour, Hours } from './hours.ts';

const [LEFT, WIDTH, BASE, HEIGHT] = [34, 1120, 164, 140];
const STEP = (WIDTH - LEFT) / 24;
const BAR = 29.25;
const count = (n: number): string => n.toLocaleString('ko');
/** Two decimals are a hundredth of a pixel. */
const px = (n: number): number => Math.round(n * 100) / 100;
const left = (hour: number): number => px(LEFT + 8 + hour * STEP);
const middle = (hour: number): number => px(left(hour) + BAR / 2);

/** A bar for each hour; failures stand on top in a colour of their own and are said in words above it. */
export const HoursChart = ({ hours }: { hours: Hours }) => {
  const high = (n: number): number => px((n / hours.top) * HEIGHT);
  return (
    <div class="tw" tabindex={0} role="region" aria-label="시간대별 전송 그래프">
      <svg class="chart" viewBox={`0 0 ${WIDTH} 190`} role="img" aria-labelledby="chart-title">
        <title id="chart-title">{titleOf(hours)}</title>
        {[0, hours.top / 2, hours.top].map((tick) => (
          <>
            <line class="g" x1={LEFT} x2={WIDTH} y1={BASE - high(tick)} y2={BASE - high(tick)} />
            <text x={LEFT - 6} y={BASE + 4 - high(tick)} text-anchor="end">
              {count(tick)}
            </text>
          </>
        ))}
        {hours.hours.map((hour) => (
          <Bar hour={hour} high={high} />
        ))}
        {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
          <text x={middle(hour)} y={BASE + 20} text-anchor="middle">
            {hour}시
          </text>
        ))}
        <Now at={hours.nowAt} />
      </svg>
    </div>
  );
};

/** One failure among hundreds must still be seen. */
const LEAST = 3;

const Bar = ({ hour: { hour, done, failed }, high }: { hour: Hour; high: (n: number) => number }) => {
  const [top, bad] = [BASE - high(done), failed === 0 ? 0 : Math.max(LEAST, high(failed))];
  return (
    <>
      {done > 0 && <rect class="c1" x={left(hour)} y={px(top)} width={BAR} height={high(done)} />}
      {failed > 0 && (
        <>
          <rect class="c2" x={left(hour)} y={px(top - bad - 1)} width={BAR} height={bad} />
          <text class="bad-t" x={middle(hour)} y={px(top - bad - 6)} text-anchor="middle">
            실패 {count(failed)}
          </text>
        </>
      )}
    </>
  );
};

const Now = ({ at }: { at: number }) => {
  const x = px(LEFT + 8 + at * STEP);
  const late = at > 22.5;
  return (
    <>
      <line class="now-l" x1={x} x2={x} y1="8" y2={BASE} />
      <text x={late ? x - 6 : x + 6} y="16" text-anchor={late ? 'end' : 'start'}>
        지금
      </text>
    </>
  );
};

export const titleOf = ({ done, failed, busiest }: Hours): string => {
  const sums = `오늘 시간대별 전송 건수. 전송완료 ${count(done)}건, 전송실패 ${count(failed)}건.`;
  return busiest === undefined
    ? sums
    : `${sums} 가장 많은 시간은 ${busiest.hour}시 ${count(busiest.done + busiest.failed)}건입니다.`;
};

/** The same figures for who does not see the picture. */
export const HoursTable = ({ hours: { hours } }: { hours: Hours }) => {
  const some = hours.filter(({ done, failed }) => done + failed > 0);
  if (some.length === 0) return <p class="sm mute">오늘 전송을 마친 출고가 아직 없습니다.</p>;
  return (
    <div class="tw" tabindex={0} role="region" aria-label="시간대별 전송 표">
      <table>
        <caption class="vh">오늘 시간대별 전송</caption>
        <thead>
          <tr>
            <th scope="col">시간</th>
            <th scope="col" class="r">
              전송완료
            </th>
            <th scope="col" class="r">
              전송실패
            </th>
          </tr>
        </thead>
        <tbody>
          {some.map(({ hour, done, failed }) => (
            <tr>
              <th scope="row">{hour}시</th>
              <td class="r">{count(done)}</td>
              <td class="r">{count(failed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
