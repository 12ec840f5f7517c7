import type { Child, PropsWithChildren } from 'hono/jsx';
import type { AssetPaths } from './assets.ts';
import type { Display } from './display.ts';
import type { Problem } from './form.ts';
import type { Notice, Operator, RailItem } from './page.ts';
import type { RailGroup } from './rail.ts';
import { hourMinute, momentOnPaper } from './time.ts';
import { Count, Icon } from './ui/icon.tsx';
import { ErrorSummary, Notification } from './ui/message.tsx';

/** Everything around a page. */
export interface Chrome {
  title: string;
  assets: AssetPaths;
  display: Display;
  /** local, dev, prod … */
  stage: string;
  demo: boolean;
  version: string;
  requestId: string;
  support: string;
  now: number;
  /** undefined: nobody is signed in, so no rail, no search */
  signedIn?: {
    operator: Operator;
    csrf: string;
    rail: readonly RailGroup[];
    /** epoch ms */
    endsAt: number;
    idleMinutes: number;
  };
  current?: RailItem;
  crumbs?: readonly { href: string; label: string }[];
  notice?: Notice;
  problems?: readonly Problem[];
  /** seconds */
  refresh?: number;
}

const PRODUCT = '우체국택배 자동화';
const STAGES: Readonly<Record<string, string | undefined>> = { local: '로컬', dev: '개발', prod: '운영' };

/** The whole document. */
export const Layout = ({ chrome, children }: PropsWithChildren<{ chrome: Chrome }>) => {
  const { assets, display, signedIn } = chrome;
  const wrong = (chrome.problems?.length ?? 0) > 0 ? '오류: ' : '';
  return (
    <html lang="ko" data-theme={display.theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${wrong}${chrome.title} - ${PRODUCT}`}</title>
        <link rel="preload" href={assets.font} as="font" type="font/woff2" crossorigin="anonymous" />
        <link rel="stylesheet" href={assets.css} />
        <link rel="icon" href="data:," />
        <script src={assets.js} defer></script>
      </head>
      <body
        data-slash={display.slash ? undefined : 'off'}
        data-ends={signedIn && String(signedIn.endsAt - chrome.now)}
      >
        <a class="skip" href="#main">
          본문 바로가기
        </a>
        <Top chrome={chrome} />
        <div class={signedIn ? 'frame' : 'frame bare'}>
          {signedIn && <Rail groups={signedIn.rail} {...(chrome.current && { current: chrome.current })} />}
          <main id="main" tabindex={-1} data-refresh={chrome.refresh}>
            <p class="printhead">
              {PRODUCT} · {chrome.title} · {momentOnPaper(chrome.now)} 인쇄
              {signedIn && ` · ${signedIn.operator.name}`}
            </p>
            {chrome.crumbs && <Crumbs crumbs={chrome.crumbs} last={chrome.title} />}
            {chrome.refresh !== undefined && <Stale now={chrome.now} />}
            <Notification notice={chrome.notice} />
            <ErrorSummary problems={chrome.problems ?? []} />
            {children}
            <Foot chrome={chrome} />
          </main>
        </div>
        {signedIn && <SessionDialog csrf={signedIn.csrf} idleMinutes={signedIn.idleMinutes} />}
      </body>
    </html>
  );
};

const Top = ({ chrome }: { chrome: Chrome }) => (
  <header class="top">
    <div>
      <a class="brand" href="/">
        <Icon name="box" size={22} />
        {PRODUCT}
      </a>
      {chrome.demo && <span class="env">데모 데이터</span>}
      {!chrome.demo && chrome.stage !== 'prod' && (
        <span class="env">{STAGES[chrome.stage] ?? chrome.stage}</span>
      )}
      <span class="sp"></span>
      {chrome.signedIn && <Me operator={chrome.signedIn.operator} csrf={chrome.signedIn.csrf} />}
    </div>
  </header>
);

const Me = ({ operator, csrf }: { operator: Operator; csrf: string }) => (
  <>
    <form class="q" role="search" aria-label="운송장번호·주문번호로 찾기" action="/shipments" method="get">
      <label class="vh" for="q">
        운송장번호·주문번호 찾기
      </label>
      <input id="q" name="q" type="search" placeholder="운송장번호·주문번호 찾기" autocomplete="off" />
    </form>
    <div class="me">
      <span>{operator.name}</span>
      <form method="post" action="/auth/sign-out">
        <input type="hidden" name="_csrf" value={csrf} />
        <button type="submit">로그아웃</button>
      </form>
    </div>
  </>
);

const Rail = ({ groups, current }: { groups: readonly RailGroup[]; current?: RailItem }) => (
  <nav class="side" aria-label="주 메뉴">
    {groups.map(({ name, entries }, i) => (
      <>
        <p id={`rail-${i}`}>{name}</p>
        <ul aria-labelledby={`rail-${i}`}>
          {entries.map(({ item, label, href, count }) => (
            <li>
              <a href={href} aria-current={item === current ? 'page' : undefined}>
                <span>{label}</span>
                {count && <Count {...count} />}
              </a>
            </li>
          ))}
        </ul>
      </>
    ))}
  </nav>
);

const Crumbs = (props: { crumbs: readonly { href: string; label: string }[]; last: string }) => (
  <nav class="crumb noprint" aria-label="위치">
    {props.crumbs.map(({ href, label }) => (
      <>
        <a href={href}>{label}</a> <span aria-hidden="true">›</span>{' '}
      </>
    ))}
    <span aria-current="page">{props.last}</span>
  </nav>
);

/** Shown by the script when a refresh fails. */
const Stale = ({ now }: { now: number }) => (
  <p class="note warn" data-stale hidden>
    최신 정보를 불러오지 못했습니다. {hourMinute(now)} 기준 화면입니다.
  </p>
);

const Foot = ({ chrome }: { chrome: Chrome }): Child => (
  <footer class="f">
    <span>시각은 모두 한국 표준시(KST)입니다.</span>
    <span>
      {chrome.version && `버전 ${chrome.version} · `}요청 번호 <code>{chrome.requestId}</code>
    </span>
    <span>고객센터 {chrome.support}</span>
    {chrome.signedIn && <a href="/settings/display">화면 설정</a>}
    <span>색상: KRDS(행정안전부) 디자인 토큰 · 글꼴: Pretendard GOV</span>
  </footer>
);

/** Two minutes before the end, by the script. */
const SessionDialog = ({ csrf, idleMinutes }: { csrf: string; idleMinutes: number }) => (
  <dialog id="session" aria-labelledby="session-title">
    <form method="post" action="/auth/sign-out" class="b gap">
      <input type="hidden" name="_csrf" value={csrf} />
      <h2 id="session-title">2분 뒤 자동으로 로그아웃됩니다</h2>
      <p>보안을 위해 {idleMinutes}분 동안 쓰지 않으면 로그아웃합니다.</p>
      <div class="row">
        <button class="btn p" type="button" data-stay autofocus>
          계속 이용하기
        </button>
        <button class="btn" type="submit">
          로그아웃
        </button>
      </div>
    </form>
  </dialog>
);
