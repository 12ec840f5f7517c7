/** What an operator has to do now: the rules of the list, worst first. */
import type { Facts } from './facts.ts';
import { dueToday, holidays, jobs, overdue, sms, unread } from './todo-desk.ts';
import { bands, deadLetters, failed, late, paused, sync } from './todo-parcels.ts';
import type { Rule, Todo } from './todo-rule.ts';

const SEVERITY: readonly Todo['tone'][] = ['bad', 'warn', 'info'];

/** Severity first; of the same, in the order of the rules. */
export const todosOf = (facts: Facts): Todo[] =>
  RULES.flatMap((rule) => rule(facts) ?? []).toSorted(
    (a, b) => SEVERITY.indexOf(a.tone) - SEVERITY.indexOf(b.tone),
  );

/** Who waits for us before what waits for numbers before what can wait. */
const RULES: readonly Rule[] = [
  overdue,
  failed,
  late,
  deadLetters,
  bands,
  sync,
  paused,
  jobs,
  sms,
  holidays,
  unread,
  dueToday,
];
