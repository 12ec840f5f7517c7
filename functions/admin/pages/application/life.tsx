import type { View } from '../../page.ts';
import { allows } from '../../role.ts';
import { ConfirmDialog } from '../../ui/confirm.tsx';
import { ButtonForm } from '../../ui/form.tsx';
import { Card } from '../../ui/frame.tsx';
import { SummaryList } from '../../ui/list.tsx';
import { Moment } from '../../ui/moment.tsx';
import { HOLD_REASON_WORDS } from '../../vocabulary.ts';
import type { ApplicationModel } from './model.ts';
import { askLife, type LifeVerb } from './questions.ts';

type Props = { model: ApplicationModel; view: View };

const LABELS: Readonly<Record<LifeVerb, string>> = {
  suspend: '이용정지하기',
  resume: '이용재개하기',
  terminate: '해지하기',
};

/** 이용 관리: what may still happen to an application that was decided. */
export const LifeCard = ({ model, view }: Props) => {
  const { life } = model;
  const verbs = (['suspend', 'resume', 'terminate'] as const).filter((verb) => life[verb]);
  if (verbs.length === 0 || !allows(view.operator.role, 'review')) return null;
  return (
    <Card title="이용 관리" class="noprint">
      <p class="sm mute">누르면 사유를 먼저 묻습니다. 사유는 처리 기록에 남습니다.</p>
      <div class="row">
        {verbs.map((verb) => (
          <ButtonForm
            view={view}
            action={`/applications/${model.applicationId}/${verb}`}
            name={verb}
            id={verb}
            dialog={`ask-${verb}`}
            fields={{ version: String(model.version) }}
          >
            {LABELS[verb]}
          </ButtonForm>
        ))}
      </div>
      {verbs.map((verb) => (
        <ConfirmDialog id={`ask-${verb}`} form={verb} ask={askLife(verb, model, textFor(verb, model))} />
      ))}
    </Card>
  );
};

const textFor = (verb: LifeVerb, { life }: ApplicationModel): string | undefined =>
  verb === 'suspend' ? life.stoppedText : verb === 'terminate' ? life.endedText : undefined;

/** What the merchant was told, while the application waits for its correction. */
export const HoldCard = ({ model, view }: Props) => {
  const { hold } = model;
  if (hold === undefined || model.status !== 'on-hold') return null;
  return (
    <Card title="보류 내용">
      <SummaryList
        items={[
          { name: '사유', value: hold.reasons.map((reason) => HOLD_REASON_WORDS[reason].label).join(', ') },
          ...(hold.note === undefined ? [] : [{ name: '자세한 안내', value: hold.note }]),
          {
            name: '처리',
            value: (
              <>
                {hold.by} · <Moment at={hold.at} now={view.now} relative="beside" />
              </>
            ),
          },
        ]}
      />
      <p class="sm mute">판매자가 고쳐서 다시 신청하면 접수대기로 돌아오고 승인 기한을 새로 셉니다.</p>
    </Card>
  );
};

export const AssignCard = ({ model, view }: Props) => {
  if (model.status === 'terminated' || !allows(view.operator.role, 'review')) return null;
  const mine = model.assignee?.id === view.operator.id;
  return (
    <ButtonForm
      view={view}
      small
      action={`/applications/${model.applicationId}/assign`}
      name="assign"
      fields={{ version: String(model.version), to: mine ? 'nobody' : 'me' }}
    >
      {mine ? '담당자에서 빠지기' : '내가 맡기'}
    </ButtonForm>
  );
};
