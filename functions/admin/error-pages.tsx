/** Pages of what went wrong, in the words of the design; each says what to do. */
import type { Form } from './form.ts';
import { type Role, ROLE_NAMES } from './role.ts';
import { PageHead } from './ui/frame.tsx';
import { Note } from './ui/message.tsx';

export const NotFound = () => (
  <>
    <PageHead title="페이지를 찾을 수 없습니다" />
    <p>
      주소를 확인하거나 <a href="/">개요</a>로 이동해 주세요.
    </p>
  </>
);

export const Forbidden = ({ role }: { role: Role }) => (
  <>
    <PageHead title="이 작업을 할 권한이 없습니다" />
    <p>권한이 필요하면 관리자에게 요청해 주세요. (현재: {ROLE_NAMES[role]})</p>
  </>
);

/** A request that did not come from a page of ours. */
export const Foreign = () => (
  <>
    <PageHead title="다른 곳에서 온 요청이라 처리하지 않았습니다" />
    <p>
      바뀐 내용은 없습니다. <a href="/">개요</a>에서 다시 시작해 주세요.
    </p>
  </>
);

export const Broken = ({ requestId, retry }: { requestId: string; retry: string }) => (
  <>
    <PageHead title="요청을 처리하지 못했습니다" />
    <p>
      내용은 저장되지 않았습니다. 같은 문제가 계속되면 요청 번호 <code>{requestId}</code>를 개발팀에 알려
      주세요.
    </p>
    <p class="row after">
      <a class="btn" href={retry}>
        다시 시도
      </a>
    </p>
  </>
);

/** Of the sign-in: what happened, and the way in. */
export const SignInProblem = ({ title, text }: { title: string; text?: string }) => (
  <>
    <PageHead title={title} />
    {text && <p>{text}</p>}
    <p class="row after">
      <a class="btn p" href="/auth/sign-in">
        다시 로그인
      </a>
    </p>
  </>
);

export const SignedInElsewhere = () => (
  <>
    <PageHead title="로그인했습니다" />
    <p>이 창을 닫고 이전 화면에서 계속해 주세요.</p>
  </>
);

/**
 * A form that arrived after its session had ended: what was typed stays here and can be sent on after a new sign-in.
 * That opens the real page with it filled in; nothing is done before a press there.
 */
export const SignedOutWhileTyping = (props: { action: string; form: Form; idleMinutes: number }) => (
  <>
    <PageHead title="자리를 비운 사이 로그아웃됐습니다" />
    <Note tone="warn">
      <p>
        보안을 위해 {props.idleMinutes}분 동안 쓰지 않으면 로그아웃합니다. 적던 내용은 이 화면에 남아
        있습니다.
      </p>
      <p class="row after">
        <a class="btn p" href="/auth/sign-in?to=%2Fsettings%2Fsigned-in" target="_blank" rel="noopener">
          새 창에서 로그인
        </a>
      </p>
    </Note>
    <form class="card" method="post" action={props.action}>
      <div class="b gap">
        {Object.entries(props.form).flatMap(([name, values]) =>
          values.map((value, i) => <Typed id={`${name}-${i}`} name={name} value={value} />),
        )}
        <button class="btn" type="submit">
          로그인한 뒤 이어서 하기
        </button>
      </div>
    </form>
  </>
);

/** Long texts can be read and copied; the rest travels along. */
const Typed = ({ id, name, value }: { id: string; name: string; value: string }) =>
  value.length < 20 ? (
    <input type="hidden" name={name} value={value} />
  ) : (
    <div class="field">
      <label class="l" for={id}>
        적던 내용
      </label>
      <textarea id={id} name={name} rows={4}>
        {value}
      </textarea>
    </div>
  );
