/** What is done to a deployed function so that each alarm on a figure of ours has reason to ring, and its normal runs. */
import { expect, vi } from 'vitest';
import { createEpostClient } from '../../functions/epost/epost.client.ts';
import { createTransport } from '../../functions/epost/transport.client.ts';
import { koreanDay } from '../../functions/shipment/korean-day.ts';
import type { FunctionName } from '../../lib/parts/bundles.ts';
import { aContract, anOrder } from '../support/builders.ts';
import type { Deployed, Run } from './deployed.ts';
import { auditedDay, numberFaults } from './faults-of-numbers.ts';
import { ago, allocated, anApplicationDue, anSms, aRound, aShop, MINUTE, waitingOrder } from './scene.ts';

type Scene = (at: Deployed) => Promise<Run>;

const NOWHERE = 'a-table-that-is-gone';
const start = { Records: [{ messageId: 'm', body: '{"v":1}', attributes: { SentTimestamp: '0' } }] };
const watch: (scene: (at: Deployed) => Promise<unknown>) => Scene = (scene) => async (at) => {
  await scene(at);
  return at.run('watch');
};
const drain = (at: Deployed, left?: number) => at.run('drain', {}, left === undefined ? {} : { left });
const onboard = (at: Deployed, kind: 'due' | 'expiry' | 'heartbeat', env = {}) =>
  at.run('onboard', { v: 1, kind }, { env });
const sms = (at: Deployed, how: { left?: number; env?: Record<string, string> } = {}) =>
  at.run('send-sms', {}, { ...how, env: { SMS_QUIET_HOURS: 'off', ...how.env } });
const request = (at: Deployed, env = {}) =>
  at.run(
    'platform-api',
    {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/applications/A-1',
      rawQueryString: '',
      headers: { host: 'door.example.com' },
      requestContext: {
        authorizer: { iam: { userArn: 'arn:aws:iam::000000000000:role/platform' } },
        domainName: 'door.example.com',
        http: { method: 'GET', path: '/applications/A-1', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1' },
        requestId: 'request-1',
      },
      isBase64Encoded: false,
    },
    { env },
  );

/** Parcels on the road, a clear answer for each. */
const onTheRoad = async (at: Deployed, count = 1) => {
  await aShop(at, 100);
  const booking = { reqNo: '1', resNo: '2', at: ago(10 * 1_440) };
  await allocated(at, count, 10 * 1_440, 'T', 'accepted', { booking });
  at.carrier.trace = (number) => trace(number, scan('접수'));
};
const scan = (status: string) =>
  `<itemlist><item><sortingdate>2026.11.20</sortingdate><eventhms>10:00:00</eventhms><eventregiponm>서울중앙</eventregiponm><tracestatus>${status}</tracestatus></item></itemlist>`;
const trace = (number: string, scans: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><trace><regino>${number}</regino>${scans}</trace>`;
/** As for a number that ePost does not know. */
const unknownNumber = '<error><error_code>ERR-001</error_code><message>조회결과가 없습니다</message></error>';

const toTransmit = async (at: Deployed, count: number) => {
  await aShop(at, 100);
  const shipments = await allocated(at, count, 1);
  at.aws.messages.push(...shipments.map(({ shipmentId }) => ({ v: 1, shipmentId })));
};

/** A day as it should be, per function. */
export const healthy: Partial<Record<FunctionName, Scene>> = {
  watch: watch(async (at) => {
    await aShop(at, 100, 40);
    await aRound(at, 60);
  }),
  drain: async (at) => {
    await toTransmit(at, 30);
    return drain(at);
  },
  sync: async (at) => {
    await onTheRoad(at, 30);
    return at.run('sync', start);
  },
  onboard: async (at) => {
    const runs = [await onboard(at, 'due'), await onboard(at, 'expiry'), await onboard(at, 'heartbeat')];
    return {
      lines: runs.flatMap(({ lines }) => lines),
      points: runs.flatMap(({ points }) => points),
      ...(runs.find(({ error }) => error) && { error: runs.find(({ error }) => error)?.error }),
    };
  },
  'platform-api': (at) => request(at),
  'send-sms': (at) => sms(at),
  retain: (at) => at.run('retain'),
  'ledger-audit': auditedDay,
};

/** What else shows on the dashboards. */
export const otherDays: Scene[] = [
  async (at) => {
    await aShop(at, 100);
    const body = JSON.stringify({
      source: 'shop.platform',
      'detail-type': 'OrderShipped',
      detail: anOrder(),
    });
    const attributes = { SentTimestamp: String(Date.now()), ApproximateReceiveCount: '1' };
    return at.run('allocate', { Records: [{ messageId: 'm', body, attributes }] });
  },
  async (at) => {
    await aShop(at, 100);
    const [late] = await allocated(at, 1, 30);
    at.aws.messages.push({ v: 1, shipmentId: late!.shipmentId });
    return drain(at);
  },
];

/** By the alarm's name. */
export const faults: Record<string, Scene> = {
  PromiseAtRisk: watch(async (at) => {
    await aShop(at, 100);
    await allocated(at, 1, 11);
  }),
  PromiseBroken: watch(async (at) => {
    await aShop(at, 100);
    await allocated(at, 1, 21);
  }),
  ShipmentsWaiting: watch(waitingOrder),
  ShipmentsParked: watch(async (at) => {
    await aShop(at, 100);
    await allocated(at, 1, 60, 'P', 'parked');
  }),
  PoolLow: watch((at) => aShop(at, 25, 50)),
  PoolNearlyEmpty: watch((at) => aShop(at, 5, 50)),
  PoolEmpty: watch((at) => aShop(at, 0, 50)),
  OutcomeUnknown: watch(async (at) => {
    await aShop(at, 100);
    await allocated(at, 1, 9, 'U', 'unknown', { attempt: 1, attemptAt: ago(8) });
  }),
  TrackingLate: watch((at) => aRound(at, 4 * 60)),

  // Two bookings of one order lie at ePost when the drain asks what became of its attempt.
  DoubleBooking: async (at) => {
    await toTransmit(at, 1);
    const { office, keys } = at;
    const transport = createTransport({ origins: [office.url], maxSockets: 1 });
    const epost = createEpostClient({ ...keys, shipUrl: office.url, timeoutMs: 5_000, transport });
    const [shipment] = await allocated(at, 1, 6, 'D', 'unknown', {
      attempt: 1,
      attemptAt: ago(5),
      attemptDay: koreanDay(ago(5)),
    });
    const { shipmentId, waybillNumber, parcel } = shipment!;
    const asked = { shipmentId, parcel: parcel!, sender: aContract() };
    for (const number of [waybillNumber!, '6810000000000'])
      expect(await epost.insertOrder({ ...asked, waybillNumber: number })).toMatchObject({ outcome: 'ok' });
    at.aws.messages.splice(0, 1, { v: 1, shipmentId });
    return drain(at);
  },
  CarrierPaused: async (at) => {
    await toTransmit(at, 1);
    at.office.control.setFault({ kind: 'maintenance' });
    return drain(at);
  },
  CarrierUnanswered: async (at) => {
    await toTransmit(at, 30);
    at.office.control.setFault({ kind: 'http-500', operation: 'InsertOrder' });
    return drain(at);
  },
  ContractPaused: async (at) => {
    await toTransmit(at, 1);
    at.office.control.setFault({ kind: 'error', operation: 'InsertOrder', code: 'ERR-211' });
    return drain(at);
  },

  TrackingUncovered: async (at) => {
    await onTheRoad(at, 5);
    return at.run('sync', start, { env: { DAILY_QUOTA: '2' } });
  },
  TrackingNotFound: async (at) => {
    await onTheRoad(at, 30);
    at.carrier.trace = () => unknownNumber;
    return at.run('sync', start);
  },
  TrackingUnanswered: async (at) => {
    await onTheRoad(at, 30);
    let asked = 0;
    at.carrier.trace = (number) => ((asked += 1) % 3 === 0 ? '<tr' : trace(number, scan('접수')));
    return at.run('sync', start, { env: { CALLS_IN_FLIGHT: '1' } });
  },
  UnknownStatusWord: async (at) => {
    await onTheRoad(at);
    at.carrier.trace = (number) => trace(number, scan('달나라로 발송'));
    return at.run('sync', start);
  },
  TrackingHeartbeatMissing: (at) => at.run('sync', start, { env: { OPERATIONS_TABLE: NOWHERE } }),

  ApplicationsOverdue: async (at) => {
    await anApplicationDue(at, ago(1));
    return onboard(at, 'due');
  },
  ApplicationsDueToday: async (at) => {
    await anApplicationDue(at, endOfToday());
    return onboard(at, 'due');
  },
  CalendarYearMissing: async (at) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2031-03-03T01:00:00Z') });
    try {
      return await onboard(at, 'due');
    } finally {
      vi.useRealTimers();
    }
  },
  KeyHeartbeatFailed: async (at) => {
    at.office.control.setFault({ kind: 'maintenance' });
    return onboard(at, 'heartbeat');
  },
  DueWatchHeartbeatMissing: (at) => onboard(at, 'due', { APPLICATIONS_TABLE: NOWHERE }),
  ExpiryWatchHeartbeatMissing: (at) => onboard(at, 'expiry', { APPLICATIONS_TABLE: NOWHERE }),
  KeyHeartbeatMissing: async (at) => {
    at.office.control.setFault({ kind: 'maintenance' });
    return onboard(at, 'heartbeat');
  },
  PlatformRequestFailed: (at) => request(at, { APPLICATIONS_TABLE: NOWHERE }),

  SmsFailed: async (at) => {
    await anSms(at, 1);
    at.aws.sms.doing = 'refuses';
    return sms(at);
  },
  SmsUnknown: async (at) => {
    await anSms(at, 1);
    at.aws.sms.doing = 'hangs up';
    return sms(at);
  },
  // Too little time is left to take one.
  SmsLate: async (at) => {
    await anSms(at, 16);
    return sms(at, { left: 15_000 });
  },
  // The schedule repeats it each minute of the day.
  SmsSpend: async (at) => {
    await anSms(at, 1);
    return sms(at, { env: { SMS_PRICE_MICRO_USD: '30000' } });
  },
  ...numberFaults,
};

/** The last minute of today in Korea. */
const endOfToday = () => {
  const KST = 9 * 60 * MINUTE;
  const DAY = 24 * 60 * MINUTE;
  return (Math.floor((Date.now() + KST) / DAY) + 1) * DAY - KST - 1;
};
