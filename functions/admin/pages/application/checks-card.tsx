import type { View } from '../../page.ts';
import { allows } from '../../role.ts';
import { hourMinute, moment } from '../../time.ts';
import { ButtonForm, Form, TextField } from '../../ui/form.tsx';
import { Card } from '../../ui/frame.tsx';
import { TaskList } from '../../ui/list.tsx';
import { Note } from '../../ui/message.tsx';
import { CHECK_WORDS } from '../../vocabulary.ts';
import type { ApplicationModel, CheckItem } from './model.ts';
import { FORM_FIELD, ownView, wasSent } from './own-view.ts';

type Props = { model: ApplicationModel; view: View };

export const ChecksCard = ({ model, view }: Props) => {
  const { summary, items } = model.checks;
  const mayAct = allows(view.operator.role, 'review');
  return (
    <Card title="자동 점검" aside={<LastRun model={model} view={view} />}>
      {summary.open > 0 && (
        <Note tone="bad">
          {summary.total}개 중 <strong>{summary.open}개</strong>를 확인해 주세요.
          {(model.status === 'applied' || model.status === 'reviewing') && ' 이 상태로는 승인할 수 없습니다.'}
        </Note>
      )}
      {model.linkProblem !== undefined && <Note tone="warn">연동 작업: {model.linkProblem}</Note>}
      <TaskList
        items={items.map((item) => ({
          name: item.label,
          word: CHECK_WORDS[item.outcome],
          detail: item.byHand === undefined ? item.detail : `직접 확인했습니다 · ${item.byHand}`,
          aside: mayAct && item.confirmable ? <ByHand item={item} model={model} view={view} /> : undefined,
        }))}
      />
      {mayAct && model.checks.duplicate && <AllowDuplicate model={model} view={view} />}
    </Card>
  );
};

const LastRun = ({ model, view }: Props) => {
  const { lastAt } = model.checks;
  const today =
    lastAt !== undefined && moment(lastAt, view.now).startsWith(moment(view.now, view.now).slice(0, -5));
  const when =
    lastAt === undefined
      ? '점검 중'
      : `${today ? `오늘 ${hourMinute(lastAt)}` : moment(lastAt, view.now)} 점검`;
  const mayAsk = allows(view.operator.role, 'review') && model.status !== 'terminated';
  return (
    <span class="sm mute row">
      {when}
      {mayAsk && (
        <ButtonForm view={view} action={`/applications/${model.applicationId}/check`} name="check" small>
          다시 점검
        </ButtonForm>
      )}
    </span>
  );
};

const ByHand = ({ item, model, view }: Props & { item: CheckItem }) => {
  const form = `confirm-${item.name}`;
  const own = ownView(view, form);
  return (
    <details class="noprint" open={wasSent(view, form)}>
      <summary>직접 확인했습니다</summary>
      <Form view={own} action={`/applications/${model.applicationId}/confirm-check`} name={form} class="gap">
        <input type="hidden" name={FORM_FIELD} value={form} />
        <input type="hidden" name="check" value={item.name} />
        <input type="hidden" name="version" value={String(model.version)} />
        <TextField
          view={own}
          name={`note-${item.name}`}
          label="어떻게 확인했나요"
          hint="처리 기록에 남습니다."
        />
        <button class="btn s" type="submit">
          확인 기록하기
        </button>
      </Form>
    </details>
  );
};

const AllowDuplicate = ({ model, view }: Props) => {
  const own = ownView(view, 'duplicate');
  return (
    <details class="noprint" open={wasSent(view, 'duplicate')}>
      <summary>같은 사업자번호의 신청을 허용하기</summary>
      <Form
        view={own}
        action={`/applications/${model.applicationId}/allow-duplicate`}
        name="duplicate"
        class="gap"
      >
        <input type="hidden" name={FORM_FIELD} value="duplicate" />
        <input type="hidden" name="version" value={String(model.version)} />
        <TextField
          view={own}
          name="allow"
          label="허용하는 사유"
          hint="우체국 정책은 사업자번호 하나에 계정 하나입니다. 사유는 처리 기록에 남습니다."
        />
        <button class="btn s" type="submit">
          중복 허용하기
        </button>
      </Form>
    </details>
  );
};
