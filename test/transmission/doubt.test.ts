/** Verdicts that could be the fault of a wrong key are held back until it is known whose fault it is. */
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../functions/shipment/shipment.ts';
import { createDoubt, type DoubtPorts, type Suspect } from '../../functions/transmission/doubt.ts';
import type { KeyCheck } from '../../functions/transmission/probe.ts';
import { aShipment, T0 } from '../support/builders.ts';

const suspect = (shipmentId: string, contractId = 'one', code = 'ERR-511'): Suspect => ({
  shipment: aShipment({ shipmentId, contractId }),
  refusal: { code, reason: '…', mustAct: 'operator', at: T0 } satisfies Refusal,
  pauseContract: false,
});
const doubtOf = (key: KeyCheck, over: Partial<DoubtPorts<Suspect>> = {}) => {
  const done: string[] = [];
  const doubt = createDoubt<Suspect>({
    isOpen: () => true,
    checkKey: async (contractId) => (done.push(`asks with ${contractId}`), key),
    speak: async ({ shipment }) => void done.push(`speaks ${shipment.shipmentId}`),
    drop: async ({ shipment }, cause) => void done.push(`drops ${shipment.shipmentId}: ${cause}`),
    pause: (codes, contractId) => void done.push(`pauses: ${codes.join()} of ${contractId}`),
    keyJustChecked: false,
    most: 20,
    ...over,
  });
  return { doubt, done };
};

describe('a verdict in doubt', () => {
  it('is spoken, in turn, when ePost takes another order, and only once', async () => {
    const { doubt, done } = doubtOf('right');
    await doubt.hold(suspect('A'));
    await doubt.hold(suspect('B'));
    expect(done).toEqual([]);
    await doubt.taken();
    await doubt.taken();
    await doubt.end();
    expect(done).toEqual(['speaks A', 'speaks B']);
  });

  it.each<[KeyCheck, string[]]>([
    ['right', ['speaks A', 'speaks B']],
    ['wrong', ['pauses: ERR-511,ERR-123 of one', 'drops A: wrong-key', 'drops B: wrong-key']],
    ['no-answer', ['drops A: unreachable', 'drops B: unreachable']],
    ['nobody-to-ask', ['drops A: unreachable', 'drops B: unreachable']],
  ])('at the end is decided by the key, which is %s', async (key, then) => {
    const { doubt, done } = doubtOf(key);
    await doubt.hold(suspect('A'));
    await doubt.hold(suspect('B', 'two', 'ERR-123'));
    await doubt.end();
    expect(done).toEqual(['asks with one', ...then]);
  });

  it('at the end of a run that is over is given back, without another call', async () => {
    const { doubt, done } = doubtOf('right', { isOpen: () => false });
    await doubt.hold(suspect('A'));
    await doubt.end();
    expect(done).toEqual(['drops A: not-begun']);
  });

  it('is no reason to ask when there is none', async () => {
    const { doubt, done } = doubtOf('right');
    await doubt.end();
    expect(done).toEqual([]);
  });

  it('of three shipments of two contracts with one code is a fault of the whole', async () => {
    const { doubt, done } = doubtOf('right');
    await doubt.hold(suspect('A', 'one'));
    await doubt.hold(suspect('B', 'two'));
    expect(done, 'two shipments are not enough').toEqual([]);
    await doubt.hold(suspect('C', 'three'));
    expect(done).toEqual([
      'pauses: ERR-511 of three',
      'drops A: wrong-key',
      'drops B: wrong-key',
      'drops C: wrong-key',
    ]);
    await doubt.end();
    expect(done).toHaveLength(4);
  });

  it('of one contract, or with several codes, is not', async () => {
    const { doubt, done } = doubtOf('right');
    for (const id of ['A', 'B', 'C', 'D']) await doubt.hold(suspect(id, 'one'));
    await doubt.hold(suspect('E', 'two', 'ERR-123'));
    await doubt.hold(suspect('F', 'three', 'ERR-123'));
    expect(done).toEqual([]);
    await doubt.hold(suspect('G', 'two'));
    expect(done[0]).toBe('pauses: ERR-511,ERR-123 of two');
  });

  it('is no fault of the whole right after a good check of the key', async () => {
    const { doubt, done } = doubtOf('right', { keyJustChecked: true });
    for (const id of ['one', 'two', 'three']) await doubt.hold(suspect(id, id));
    expect(done).toEqual([]);
  });

  it('is not held for ever: so many, and the key is asked for', async () => {
    const { doubt, done } = doubtOf('right', { most: 3 });
    await doubt.hold(suspect('A'));
    await doubt.hold(suspect('B'));
    expect(done).toEqual([]);
    await doubt.hold(suspect('C'));
    expect(done).toEqual(['asks with one', 'speaks A', 'speaks B', 'speaks C']);
  });
});
