/** Faults put into the product on purpose: a simulation that does not find them would not find ours either. */
import type { Patch } from './deployment/bundles.ts';
import type { Profile } from './world/scenario.ts';

export interface SeededBug {
  name: string;
  /** what a hurried engineer might have thought */
  thought: string;
  patches: Patch[];
  profile?: Profile;
  /** found within a few runs, so that every test run may look for it */
  quick: boolean;
}

export const BUGS: readonly SeededBug[] = [
  {
    name: 'token-only',
    thought: 'the token of the transaction makes it idempotent, so the shipment need not be looked at',
    profile: 'parcels',
    quick: true,
    patches: [
      {
        file: 'functions/waybill/allocation.store.ts',
        find: '): TransactWriteCommandInput => ({\n',
        put: `): TransactWriteCommandInput => ({
  ClientRequestToken: served.map(({ shipment }) => shipment.shipmentId).join('-').slice(0, 36),
`,
      },
      {
        file: 'functions/waybill/allocation.store.ts',
        find: '        ...expectation(served[i]!),\n',
        put: "        ...(served[i]!.expect === 'new' ? {} : expectation(served[i]!)),\n",
      },
      {
        file: 'functions/order/receive.ts',
        find: ': await ports.shipments.read(told.map(({ shipment }) => shipment.shipmentId));',
        put: ': new Map();',
      },
    ],
  },
  {
    name: 'write-then-enqueue',
    thought: 'the number is stored; telling it and queueing the parcel can follow by itself',
    profile: 'parcels',
    quick: false,
    patches: [
      {
        file: 'functions/order/take-batch.ts',
        find: 'await owe(ports, await work());',
        put: 'owe(ports, await work()).catch(() => undefined);',
      },
    ],
  },
  {
    name: 'delete-before-send',
    thought: 'first the old message goes, then the new one comes',
    profile: 'parcels',
    quick: false,
    patches: [
      {
        file: 'functions/transmission/mailbox.ts',
        find: '    await queue.send([{ body: JSON.parse(message.body), delaySeconds }]);\n    await queue.remove(message);\n',
        put: '    await queue.remove(message);\n    await queue.send([{ body: JSON.parse(message.body), delaySeconds }]);\n',
      },
    ],
  },
  {
    name: 're-run-on-expiry',
    thought: 'a claim that says nothing for five minutes has expired and may be taken again',
    profile: 'applications',
    quick: true,
    patches: [
      {
        file: 'functions/notification/messages.store.ts',
        find: "    ':unknown': 'unknown',\n    ':failure': 'abandoned',\n",
        put: "    ':unknown': 'pending',\n    ':failure': 'abandoned',\n",
      },
    ],
  },
  {
    name: 'blind-resend',
    thought: 'ePost did not answer, so it is sent once more',
    profile: 'parcels',
    quick: true,
    patches: [
      {
        file: 'functions/transmission/settle.ts',
        find: 'const answer = await lookUp(ports.carrier, shipment, contract);',
        put: "const answer = { found: 'none', withdrawn: false };",
      },
    ],
  },
  {
    name: 'swallowed-exhaustion',
    thought: 'where no number is left there is nothing to do',
    profile: 'parcels',
    quick: true,
    patches: [
      {
        file: 'functions/order/number-shipments.ts',
        find: "(one.outcome === 'waiting' ? [waiting(one.candidate, 'pool-empty')] : [])",
        put: '[]',
      },
    ],
  },
  {
    name: 'no-compare-and-set',
    thought: 'the head was read a moment ago, it will not have moved',
    profile: 'parcels',
    quick: true,
    patches: [
      {
        file: 'functions/waybill/pool.store.ts',
        find: 'export const headUnmoved = ({ seq, frozen }: PoolHead) => ({',
        put: 'export const headUnmoved = () => ({});\nexport const left = ({ seq, frozen }: PoolHead) => ({',
      },
      {
        file: 'functions/waybill/allocation.store.ts',
        find: "        ConditionExpression: 'attribute_not_exists(contractId)',\n",
        put: '',
      },
    ],
  },
  {
    name: 'ignored-partial-failure',
    thought: 'the bus has answered, so it has taken them all',
    profile: 'parcels',
    quick: false,
    patches: [
      {
        file: 'functions/runtime/bus.client.ts',
        find: 'left = left.filter((_, i) => answer.Entries?.[i]?.ErrorCode !== undefined);',
        put: 'left = [];',
      },
    ],
  },
  {
    name: 'settle-too-short',
    thought: 'after five seconds ePost surely knows',
    profile: 'parcels',
    quick: false,
    patches: [
      {
        file: 'functions/transmission/drain.handler.ts',
        find: 'settleMs: environment.SETTLE_SECONDS * 1000,',
        put: 'settleMs: 5000,',
      },
    ],
  },
];
