/** What must not be quietly wrong, and the tests that have to notice. */
export interface Group {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

const of = (room: string, ...names: readonly string[]): string[] =>
  names.map((name) => `functions/${room}/${name}.ts`);

export const groups: readonly Group[] = [
  {
    name: 'allocation',
    mutate: [
      ...of('waybill', 'allocation', 'allocation.store', 'pool'),
      ...of('order', 'decide-told', 'number-shipments'),
    ],
    tests: [
      ...['allocation', 'allocation-races', 'pool'].map((name) => `test/waybill/${name}.test.ts`),
      ...['decide-told', 'number-shipments'].map((name) => `test/order/${name}.test.ts`),
    ],
  },
  {
    name: 'drain',
    mutate: [
      ...of('transmission', 'breaker', 'carrier-pause', 'contract-gate', 'decide-unclaimed', 'doubt'),
      ...of('transmission', 'drain', 'endings', 'gate', 'mailbox', 'run', 'transmit'),
    ],
    // Those without a table behind them: what the others find by the way, these say at once.
    tests: 'decisions doubt endings gates mailbox run run-pauses settle touch'
      .split(' ')
      .map((name) => `test/transmission/${name}.test.ts`),
  },
  {
    name: 'settling',
    mutate: [
      ...of('transmission', 'changes', 'decide-answer', 'look-up', 'settle'),
      ...of('shipment', 'attempt.store'),
    ],
    tests: [
      'test/transmission/{cancel,changes,decisions,settle,unknown}.test.ts',
      'test/shipment/attempt.store.test.ts',
    ],
  },
  { name: 'moves', mutate: of('merchant', 'moves', 'decision'), tests: ['test/merchant/moves*.test.ts'] },
  {
    name: 'seed128',
    mutate: of('epost', 'seed128'),
    tests: ['test/epost/seed128.test.ts', 'test/epost/reg-data.test.ts'],
  },
  {
    name: 'answers',
    mutate: [
      ...of('epost', 'answers', 'carrier-answer', 'interpret', 'refusal', 'reply'),
      ...of('epost', 'status-words', 'trace-reply', 'xml'),
    ],
    tests: 'answers interpret meanings operations readers refusal reply status-words trace trace-edges xml'
      .split(' ')
      .map((name) => `test/epost/${name}.test.ts`),
  },
];
