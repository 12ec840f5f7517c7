/** The issuer's two screens. */

export const PEOPLE = [
  {
    id: 'local-reviewer',
    name: '김운영',
    groups: ['심사'],
    label: '심사 담당자',
    does: '신청을 심사하고 실패를 다시 보냅니다',
  },
  { id: 'local-viewer', name: '이조회', groups: ['조회'], label: '조회 전용', does: '보기만 합니다' },
  {
    id: 'local-manager',
    name: '박관리',
    groups: ['관리'],
    label: '관리자',
    does: '심사에 더해 공휴일과 보관함을 관리합니다',
  },
] as const;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem}
h1{font-size:1.4rem}form{display:grid;gap:.75rem}button{font:inherit;text-align:left;padding:.8rem 1rem;border:1px solid;border-radius:.5rem;cursor:pointer;background:none;color:inherit}
button b{display:block}button:focus-visible{outline:3px solid #256ef4}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

/** Three people and a way out; what was asked travels along unchanged. */
export const authorizePage = (query: URLSearchParams): string => {
  const hidden = [...query]
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
  const buttons = PEOPLE.map(
    ({ id, name, label, does }) =>
      `<button name="person" value="${id}"><b>${label}</b>${name} · ${does}</button>`,
  ).join('');
  return page(
    '누구로 로그인할까요?',
    `<p>개발용 로그인입니다. 비밀번호가 없습니다.</p><form method="get" action="/authorize">${hidden}${buttons}<button name="person" value="nobody">취소</button></form>`,
  );
};

export const signedOutPage = (): string => page('로그아웃했습니다', '');
