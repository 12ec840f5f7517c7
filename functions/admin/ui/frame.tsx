import type { Child, PropsWithChildren } from 'hono/jsx';
import { Count } from './icon.tsx';

/** Heading of a page with what stands under it and beside it. */
export const PageHead = (props: { title: string; sub?: Child; children?: Child }) => (
  <div class="ph">
    <div>
      <h1>{props.title}</h1>
      {props.sub && <p>{props.sub}</p>}
    </div>
    {props.children}
  </div>
);

export const Card = (
  props: PropsWithChildren<{ title?: string; aside?: Child; class?: string; bare?: boolean }>,
) => (
  <section class={props.class === undefined ? 'card' : `card ${props.class}`} aria-label={props.title}>
    {props.title && (
      <header>
        <h2>{props.title}</h2>
        {props.aside}
      </header>
    )}
    {props.bare ? props.children : <div class="b gap">{props.children}</div>}
  </section>
);

/** Who or what the page is about, with the facts always needed. */
export const IdentityBar = (props: {
  title: string;
  children?: Child;
  facts: readonly { name: string; value: Child }[];
}) => (
  <div class="idb">
    <div class="t">
      <h1>{props.title}</h1>
      {props.children}
    </div>
    <dl>
      {props.facts.map(({ name, value }) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </div>
);

export interface Tab {
  href: string;
  label: string;
  count?: number;
  tone?: 'bad' | 'warn';
  current: boolean;
}
/** Links that filter, not widgets. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav aria-label={label} class="noprint">
    <ul class="tabs">
      {tabs.map((tab) => (
        <li>
          <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
            {tab.label}{' '}
            {tab.count !== undefined && (
              <Count shown={tab.count} means="건" {...(tab.tone && { tone: tab.tone })} />
            )}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** Copies its text; shown by the script that can. */
export const CopyButton = ({ text, label }: { text: string; label: string }) => (
  <button class="btn s noprint" type="button" data-copy={text} hidden>
    {label}
  </button>
);
