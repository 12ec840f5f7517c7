/** Which reasons the checks speak for, and the SMS that tells them. */
import {
  type Application,
  type CheckName,
  HOLD_REASONS,
  type HoldReason,
} from '../../../merchant/application.ts';
import { holdText } from '../../../notification/deserving.ts';
import type { Wording } from '../../../notification/templates.ts';

const SPEAKS_FOR: Partial<Record<CheckName, HoldReason>> = {
  'customer-format': 'customer',
  'customer-known': 'customer',
  'approval-format': 'approval',
  'approval-match': 'approval',
  'approval-expiry': 'contract',
  'business-unique': 'duplicate',
};

/** Reasons that failed checks give; a check that could not run gives none. */
export const suggestedReasons = ({ checks }: Pick<Application, 'checks'>): HoldReason[] => {
  const failed = new Set(
    checks.flatMap(({ name, outcome }) => (outcome === 'failed' ? [SPEAKS_FOR[name]] : [])),
  );
  return HOLD_REASONS.filter((reason) => failed.has(reason));
};

/** What the operator typed, or a fresh proposal where the last one was left untouched and the reasons changed. */
export const wantedText = (
  { reasons, memo, made }: { reasons: readonly HoldReason[]; memo: string; made: string },
  wording: Wording,
): string => (memo === made ? holdText(reasons, wording) : memo);

/** Every text the reasons can call for: by the single reason, by the pair that has its own, by their number. */
export const textsByReasons = (wording: Wording): Record<string, string> => {
  const pair: HoldReason[] = ['customer', 'approval'];
  return {
    ...Object.fromEntries(HOLD_REASONS.map((reason) => [reason, holdText([reason], wording)])),
    [pair.join('+')]: holdText(pair, wording),
    ...Object.fromEntries(
      HOLD_REASONS.slice(2).map((_, i) => {
        const some = HOLD_REASONS.slice(0, i + 3);
        return [String(some.length), holdText(some, wording)];
      }),
    ),
    '2': holdText(['customer', 'login'], wording),
  };
};
