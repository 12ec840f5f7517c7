import type { View } from '../../page.ts';
import { allows } from '../../role.ts';
import { Form, TextField } from '../../ui/form.tsx';
import { Card } from '../../ui/frame.tsx';
import { SummaryList } from '../../ui/list.tsx';
import { Revealed } from '../../ui/revealed.tsx';
import type { Fact } from './facts.ts';
import type { ApplicationModel } from './model.ts';
import { FORM_FIELD, ownView, wasSent } from './own-view.ts';

type Props = { model: ApplicationModel; view: View };

export const FactsCard = ({ model, view }: Props) => (
  <Card title="신청 내용">
    <SummaryList
      items={model.facts.map((fact) => ({
        name: fact.name,
        value: <Value fact={fact} view={view} />,
      }))}
    />
    {allows(view.operator.role, 'review') && view.shown['contact'] === undefined && (
      <Reveal model={model} view={view} />
    )}
  </Card>
);

const Value = ({ fact, view }: { fact: Fact; view: View }) => {
  const whole = fact.hidden === undefined ? undefined : view.shown[fact.hidden];
  return fact.mute ? <span class="mute">{fact.value}</span> : <Revealed masked={fact.value} whole={whole} />;
};

const Reveal = ({ model, view }: Props) => {
  const own = ownView(view, 'reveal');
  return (
    <details class="noprint" open={wasSent(view, 'reveal')}>
      <summary>연락처와 주소 전체 보기</summary>
      <Form view={own} action={`/applications/${model.applicationId}/reveal`} name="reveal" class="gap">
        <input type="hidden" name={FORM_FIELD} value="reveal" />
        <TextField view={own} name="why" label="보는 사유" hint="누가 언제 왜 봤는지 처리 기록에 남습니다." />
        <button class="btn s" type="submit">
          전체 보기
        </button>
      </Form>
    </details>
  );
};
