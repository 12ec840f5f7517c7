import type { Page } from './page.ts';
import { Card, PageHead } from './ui/frame.tsx';
import { Segments } from './ui/choice.tsx';

/** 화면 설정: how the console looks on this screen, and the way out of every screen. */
export const displayPage: Page<Record<string, never>> = {
  path: '/settings/display',
  role: 'view',
  title: () => '화면 설정',
  read: async () => ({ outcome: 'found', model: {} }),
  render: (_model, view) => (
    <>
      <PageHead title="화면 설정" sub="이 브라우저에만 저장합니다." />
      <div class="stack">
        <Card class="narrow">
          <form method="post" action="/auth/display">
            <input type="hidden" name="_csrf" value={view.csrf} />
            <Segments
              view={view}
              name="theme"
              legend="밝기"
              chosen={[view.display.theme]}
              options={[
                { value: 'auto', label: '자동' },
                { value: 'light', label: '밝게' },
                { value: 'dark', label: '어둡게' },
              ]}
            />
            <Segments
              view={view}
              name="slash"
              legend="/ 키로 찾기 칸 가기"
              chosen={[view.display.slash ? 'on' : 'off']}
              options={[
                { value: 'on', label: '켜기' },
                { value: 'off', label: '끄기' },
              ]}
            />
            <button class="btn p" type="submit">
              저장하기
            </button>
          </form>
        </Card>
        <Card class="narrow" title="로그아웃">
          <p>이 계정으로 로그인한 모든 브라우저에서 로그아웃합니다.</p>
          <form method="post" action="/auth/sign-out-everywhere">
            <input type="hidden" name="_csrf" value={view.csrf} />
            <button class="btn" type="submit">
              모든 기기에서 로그아웃
            </button>
          </form>
        </Card>
      </div>
    </>
  ),
};
