/** What must hold after every step and at the end of a run. Numbers are those of the list of promises. */
import type { BusEvent } from '../aws/bus.ts';
import type { FakeAws } from '../aws/fake-aws.ts';
import type { Functions } from '../kernel/functions.ts';
import type { Sandbox } from '../kernel/sandbox.ts';
import type { AwsCall } from '../world/call-site.ts';
import type { Carrier } from '../world/carrier-door.ts';
import type { Names } from '../world/names.ts';
import type { Operator } from '../world/operator.ts';
import type { Scenario } from '../world/scenario.ts';
import type { Shop } from '../world/shop.ts';

export interface Checked {
  aws: FakeAws;
  names: Names;
  scenario: Scenario;
  functions: () => Functions;
  operator: Operator;
  shop: Shop;
  carrier: Carrier;
  now: () => number;
  /** somebody lost messages on purpose */
  messagesForgotten: () => boolean;
  /** when nothing went wrong any more; undefined: it still does */
  calmSince: () => number | undefined;
  /** Says which promise was broken, and how. */
  broken: (promise: string, how: string) => void;
}
export interface Check {
  /** A call took effect at AWS. */
  afterCall?: (call: AwsCall, output: unknown, sandbox: Sandbox) => void;
  /** ePost carried something out. */
  afterCarrier?: (operation: string) => void;
  /** An event of ours is on the bus. */
  heard?: (event: BusEvent) => void;
  /** Every function has ended or waits for an answer. */
  afterStep?: () => void;
  printed?: (entry: string, line: string) => void;
  /** Everything has come to rest. */
  atEnd?: () => void;
}
