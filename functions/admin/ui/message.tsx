import type { Child, PropsWithChildren } from 'hono/jsx';
import type { Problem } from '../form.ts';
import type { Notice } from '../page.ts';

/** Top of `main` after a form that could not be taken: gets the focus, links to each field. */
export const ErrorSummary = ({ problems }: { problems: readonly Problem[] }) =>
  problems.length === 0 ? null : (
    <div class="es" role="alert" tabindex={-1} aria-labelledby="es-title">
      <h2 id="es-title">확인이 필요한 항목이 {problems.length}개 있습니다</h2>
      <ul>
        {problems.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );

export const Note = ({ tone, children }: PropsWithChildren<{ tone?: Notice['tone'] }>) => (
  <div class={`note ${tone ?? 'info'}`}>{children}</div>
);

/** What just happened, once: at the top, focusable, with the way on. */
export const Notification = ({ notice }: { notice: Notice | undefined }) =>
  notice === undefined ? null : (
    <div class={`note ${notice.tone} said`} role="status" tabindex={-1}>
      <p>{notice.text}</p>
      {notice.link && <a href={notice.link.href}>{notice.link.label}</a>}
    </div>
  );

/** Nothing to list: why, and what to do. */
export const Empty = ({ text, children }: { text: string; children?: Child }) => (
  <div class="empty">
    <p>{text}</p>
    {children}
  </div>
);
