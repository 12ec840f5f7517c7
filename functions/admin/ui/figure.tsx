/** Figures as SVG without a style attribute; each has its numbers in words or in a table beside it. */
import type { Tone } from '../vocabulary.ts';

/** A bar from 0 to 1; the number stands beside it in words. */
export const Meter = ({ part, tone }: { part: number; tone: Exclude<Tone, 'gray'> }) => (
  <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="f-bg" width="100" height="8" rx="2" />
    <rect class={`f-${tone}`} width={Math.round(Math.min(1, Math.max(0, part)) * 100)} height="8" rx="2" />
  </svg>
);

export interface Bar {
  /** under the bar; '' leaves it out */
  tick: string;
  /** in the table */
  name: string;
  done: number;
  failed: number;
}
const LEFT = 34;
const WIDTH = 1120;
const FLOOR = 164;
const HEIGHT = 140;

/** Bars of what went well, failures on top and said in words, a line at `nowAt` (0 to bars.length). */
export const Bars = (props: { bars: readonly Bar[]; title: string; label: string; nowAt?: number }) => {
  const top = niceTop(Math.max(1, ...props.bars.map(({ done, failed }) => done + failed)));
  const slot = (WIDTH - LEFT) / Math.max(1, props.bars.length);
  return (
    <div class="tw" tabindex={0} role="region" aria-label={props.label}>
      <svg class="chart" viewBox={`0 0 ${WIDTH} 190`} role="img" aria-labelledby="chart-title">
        <title id="chart-title">{props.title}</title>
        {[0, top / 2, top].map((value) => (
          <Grid value={value} y={FLOOR - (value / top) * HEIGHT} />
        ))}
        {props.bars.map((bar, i) => (
          <OneBar bar={bar} x={LEFT + i * slot} width={slot} scale={HEIGHT / top} />
        ))}
        {props.nowAt !== undefined && <Now x={LEFT + props.nowAt * slot} />}
      </svg>
    </div>
  );
};

/** 1, 2, 4, 6, 10, 20, 40 …: an even number whose half is whole. */
const niceTop = (most: number): number => {
  const size = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 4, 6, 8, 10].find((factor) => factor * size >= most) ?? 10;
  return Math.max(2, step * size);
};
const near = (n: number): number => Math.round(n * 100) / 100;

const Grid = ({ value, y }: { value: number; y: number }) => (
  <>
    <line class="g" x1={LEFT} x2={WIDTH} y1={near(y)} y2={near(y)} />
    <text x={LEFT - 6} y={near(y + 4)} text-anchor="end">
      {value.toLocaleString('ko')}
    </text>
  </>
);

const OneBar = ({ bar, x, width, scale }: { bar: Bar; x: number; width: number; scale: number }) => {
  const done = bar.done * scale;
  const failed = bar.failed === 0 ? 0 : Math.max(3, bar.failed * scale);
  const middle = near(x + width / 2);
  const body = { x: near(x + width * 0.17), width: near(width * 0.66) };
  return (
    <>
      {bar.done > 0 && <rect class="c1" {...body} y={near(FLOOR - done)} height={near(done)} />}
      {bar.failed > 0 && (
        <>
          <rect class="c2" {...body} y={near(FLOOR - done - failed - 1)} height={near(failed)} />
          <text class="bad-t" x={middle} y={near(FLOOR - done - failed - 6)} text-anchor="middle">
            실패 {bar.failed}
          </text>
        </>
      )}
      {bar.tick !== '' && (
        <text x={middle} y="184" text-anchor="middle">
          {bar.tick}
        </text>
      )}
    </>
  );
};

const Now = ({ x }: { x: number }) => (
  <>
    <line class="now-l" x1={near(x)} x2={near(x)} y1="8" y2={FLOOR} />
    <text x={near(x + 6)} y="16">
      지금
    </text>
  </>
);
