import type { Duration } from 'aws-cdk-lib';
import type { FunctionName } from './bundles.ts';

/** A figure that a function of ours writes, and when it is an alarm. */
export interface Figure {
  readonly alarm: string;
  readonly writtenBy: FunctionName;
  readonly name: string;
  /** A level keeps its last word until the next one; a count that is not written stands at none. */
  readonly kind: 'level' | 'count';
  /** The figure, or the sum of a count over its period, is an alarm when it is above this. */
  readonly above: number;
  /** Who is hurt. */
  readonly impact: string;
  /** Anchor in docs/runbook.md. */
  readonly runbook: string;
  /** A person is needed at once, at night too; otherwise it can wait for the morning. */
  readonly urgent?: boolean;
  /** Five minutes if not said. */
  readonly period?: Duration;
  /** Periods in a row; one if not said. */
  readonly periods?: number;
  /** Makes the figure a percentage of this other one. */
  readonly of?: string;
  /** Below this many of the other one a percentage says nothing. */
  readonly ofAtLeast?: number;
}

/** A level of a function that is an alarm when it is not zero. */
export function level(alarm: string, writtenBy: FunctionName, name: string) {
  return { alarm, writtenBy, name, kind: 'level', above: 0 } as const;
}

/** A count of a function that is an alarm when it is not zero. */
export function count(alarm: string, writtenBy: FunctionName, name: string) {
  return { alarm, writtenBy, name, kind: 'count', above: 0 } as const;
}
