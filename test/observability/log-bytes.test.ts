/** P9: a log line a step costs more than everything else together, so a parcel that goes well has none of its own. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anOrder } from '../support/builders.ts';
import { type Deployed, openDeployed, type Run } from './deployed.ts';
import { allocated, ago, aShop } from './scene.ts';

const PARCELS = 97;
const POLLS = 18;
let deployed: Deployed;
beforeAll(async () => {
  deployed = await openDeployed();
}, 60_000);
afterAll(() => deployed.close());

const bytesOf = ({ lines, error }: Run): number => {
  expect(error).toBeUndefined();
  return Buffer.byteLength(`${lines.join('\n')}\n`);
};

it('writes at most 400 bytes of log per parcel over its life, when nothing fails', async () => {
  await aShop(deployed, 300);
  const Records = Array.from({ length: PARCELS }, (_, i) => ({
    messageId: `m-${i}`,
    body: JSON.stringify({
      source: 'shop.platform',
      'detail-type': 'OrderShipped',
      detail: anOrder({ shipmentId: `L-${i}` }),
    }),
    attributes: { SentTimestamp: String(Date.now()), ApproximateReceiveCount: '1' },
  }));
  const allocation = bytesOf(await deployed.run('allocate', { Records }));
  deployed.aws.messages.push(...Records.map((_, i) => ({ v: 1, shipmentId: `L-${i}` })));
  const transmission = bytesOf(await deployed.run('drain'));
  // Nothing new: all but five of the polls of a parcel's life are like this one.
  await allocated(deployed, PARCELS, 1_440, 'R', 'accepted', {
    booking: { reqNo: '1', resNo: '2', at: ago(60) },
  });
  deployed.carrier.trace = (number) => `<trace><regino>${number}</regino></trace>`;
  const start = { Records: [{ messageId: 'm', body: '{"v":1}', attributes: { SentTimestamp: '0' } }] };
  const round = bytesOf(await deployed.run('sync', start));
  const perParcel = (allocation + transmission + POLLS * round) / PARCELS;
  console.info(
    `log bytes per parcel: ${Math.round(perParcel)} (allocate ${allocation}, drain ${transmission}, round ${round}, for ${PARCELS})`,
  );
  expect(perParcel).toBeLessThanOrEqual(400);
}, 120_000);
