/** How full something is, as a bar; the figure itself always stands beside it. */
export const Meter = (props: { percent: number; tone: 'ok' | 'info' | 'warn' | 'bad'; small?: boolean }) => (
  <svg
    class={props.small ? 'meter small' : 'meter'}
    viewBox="0 0 100 8"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <rect class="f-bg" width="100" height="8" />
    <rect class={`f-${props.tone}`} width={Math.min(100, Math.max(0, props.percent))} height="8" />
  </svg>
);
