import type { View } from '../../page.ts';
import { ButtonForm } from '../../ui/form.tsx';
import { Card } from '../../ui/frame.tsx';
import { Table } from '../../ui/table.tsx';
import { lacking, mayReview } from '../roles.ts';
import { type CauseCount, WHO } from './causes.ts';
import type { TxModel } from './model.ts';
import { txPath } from './tx-path.ts';

const count = (n: number): string => `${n.toLocaleString('ko')}건`;

/** Why they failed and who can mend it, with the button that sends all of one cause again. */
export const TxCauses = ({ model, view }: { model: TxModel; view: View }) => {
  const may = mayReview(view.operator);
  return (
    <Card title="누가 처리해야 하나요" bare>
      <ul class="who">
        {model.byWho.map(({ who, count: n }) => (
          <li>
            <a href={txPath({ tab: 'failed', who })} aria-current={model.who === who ? 'true' : undefined}>
              {WHO[who].label} {count(n)}
            </a>
            <span class="sm mute">{WHO[who].does}</span>
          </li>
        ))}
      </ul>
      <Table
        caption="실패한 원인과 건수"
        columns={[
          {
            head: '원인',
            names: true,
            cell: ({ key, words }: CauseCount) => (
              <a
                href={txPath({ tab: 'failed', cause: key })}
                aria-current={model.cause === key ? 'true' : undefined}
              >
                {words}
              </a>
            ),
          },
          { head: '누가 처리', cell: ({ who }) => WHO[who].label },
          { head: '건수', right: true, cell: ({ count: n }) => count(n) },
          {
            head: '다시 전송',
            hideHead: true,
            right: true,
            cell: ({ key, words, count: n }) => (
              <ButtonForm
                view={view}
                action={txPath({ tab: 'failed', cause: key }, '/resend-all')}
                name={`cause-${key}`}
                fields={{ cause: key }}
                small
                disabled={!may}
                {...(!may && { describedBy: 'no-role' })}
              >
                <span class="vh">{words} </span>
                {count(n)} 다시 전송
              </ButtonForm>
            ),
          },
        ]}
        rows={model.causes}
      />
      {!may && (
        <p class="sm mute pad" id="no-role">
          {lacking('review', view.operator)}
        </p>
      )}
    </Card>
  );
};
