import { HOLD_REASONS } from '../../../merchant/application.ts';
import { lengthOf } from '../../../notification/sms-text.ts';
import { one } from '../../form.ts';
import type { View } from '../../page.ts';
import { allows, ROLE_NAMES } from '../../role.ts';
import { Checkboxes, Segments, SmsField } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { ButtonForm, Form, TextArea } from '../../ui/form.tsx';
import { Card } from '../../ui/frame.tsx';
import { Note } from '../../ui/message.tsx';
import { HOLD_REASON_WORDS } from '../../vocabulary.ts';
import type { ApplicationModel, DecisionForm } from './model.ts';
import { FORM_FIELD, ownView } from './own-view.ts';
import { askApprove, askHold } from './questions.ts';

type Props = { model: ApplicationModel; view: View };

/** 심사 결과: what may be decided now, by whom. */
export const DecisionCard = ({ model, view }: Props) => {
  if (model.status === 'applied') return <NotOpened model={model} view={view} />;
  if (model.decision === undefined) return null;
  if (!allows(view.operator.role, 'review'))
    return (
      <Card title="심사 결과">
        <NotAllowed view={view} />
      </Card>
    );
  return <DecisionFields model={model} view={view} decision={model.decision} />;
};

const NotAllowed = ({ view }: { view: View }) => (
  <p class="sm mute">
    이 작업을 할 권한이 없습니다. 권한이 필요하면 관리자에게 요청해 주세요. (현재:{' '}
    {ROLE_NAMES[view.operator.role]})
  </p>
);

const NotOpened = ({ model, view }: Props) => (
  <Card title="심사 결과">
    <p>아직 아무도 열지 않은 신청입니다. 검토를 시작하면 담당자로 기록됩니다.</p>
    {allows(view.operator.role, 'review') ? (
      <ButtonForm
        view={view}
        action={`/applications/${model.applicationId}/open`}
        name="open"
        fields={{ version: String(model.version) }}
      >
        검토 시작하기
      </ButtonForm>
    ) : (
      <NotAllowed view={view} />
    )}
  </Card>
);

const DecisionFields = ({ model, view, decision }: Props & { decision: DecisionForm }) => {
  const own = ownView(view, 'decide');
  const base = `/applications/${model.applicationId}`;
  const approves = decision.canApprove ? 'approve' : 'hold';
  return (
    <>
      <Form view={own} action={`${base}/decide`} id="decide" name="decide" class="card dec">
        <header>
          <h2>심사 결과</h2>
        </header>
        <div class="b gap">
          <input type="hidden" name={FORM_FIELD} value="decide" />
          <input type="hidden" name="version" value={String(model.version)} />
          <Segments
            view={own}
            name="decision"
            legend="심사 결과"
            hideLegend
            chosen={[approves]}
            options={[
              { value: 'approve', label: '승인', disabled: !decision.canApprove, dialog: 'ask-approve' },
              { value: 'hold', label: '승인보류', disabled: !decision.canHold, dialog: 'ask-hold' },
            ]}
            {...(decision.why !== undefined && { hint: decision.why })}
          />
          <div class="gap when-hold">
            <HoldFields view={own} decision={decision} base={base} />
            <p class="sm mute">
              받는 번호 {model.mobile} · 문의 번호 {model.supportNumber}
            </p>
          </div>
          {decision.quiet !== undefined && <Note tone="warn">{decision.quiet}</Note>}
          <div class="row">
            <button class="btn p" type="submit">
              <span class="when-hold">승인보류하고 문자 보내기</span>
              <span class="when-approve">
                {decision.approvedText === undefined ? '승인하기' : '승인하고 문자 보내기'}
              </span>
            </button>
            <a class="btn" href="/applications">
              목록으로
            </a>
          </div>
        </div>
      </Form>
      <ConfirmDialog id="ask-approve" form="decide" ask={askApprove(model, decision.approvedText)} />
      <ConfirmDialog id="ask-hold" form="decide" ask={askHold(model, decision.text, decision.quiet)} />
    </>
  );
};

const HoldFields = ({ view, decision, base }: { view: View; decision: DecisionForm; base: string }) => {
  const shown = view.typed === undefined ? decision.text : one(view.typed, 'memo');
  const { units, bytes } = lengthOf(shown);
  const made = view.typed === undefined ? decision.text : one(view.typed, 'made');
  return (
    <>
      <Checkboxes
        view={view}
        name="reasons"
        legend="보류 사유"
        aside="(하나 이상)"
        chosen={decision.reasons}
        options={HOLD_REASONS.map((value) => ({
          value,
          ...HOLD_REASON_WORDS[value],
        }))}
      />
      <TextArea
        view={view}
        name="note"
        label="자세한 안내"
        hint="쇼핑몰 관리자 화면에 보입니다. 문자에는 넣지 않습니다."
        rows={3}
      />
      <input type="hidden" name="made" value={made} data-sms-texts={JSON.stringify(decision.texts)} />
      <SmsField
        view={view}
        name="memo"
        label="판매자에게 보낼 문자"
        value={decision.text}
        length={{ chars: units, bytes }}
        says="문자 1건으로 보냅니다"
      />
      <button class="btn s" type="submit" formaction={`${base}/words`} name="words" value="1">
        문구 다시 만들기
      </button>
    </>
  );
};
