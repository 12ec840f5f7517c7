import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { allocateEnvironment } from '../../functions/order/allocate.environment.ts';
import { sendSmsEnvironment } from '../../functions/notification/send-sms.environment.ts';
import { retainEnvironment } from '../../functions/shipment/retain.environment.ts';
import { onboardEnvironment } from '../../functions/merchant/onboard.environment.ts';
import { apiEnvironment } from '../../functions/platform-api/api.environment.ts';
import { watchEnvironment } from '../../functions/promise/watch.environment.ts';
import { syncEnvironment } from '../../functions/tracking/sync.environment.ts';
import { drainEnvironment } from '../../functions/transmission/drain.environment.ts';
import { nameOf, resources, templateWith } from './template.ts';

const schemas = {
  'platform-api': apiEnvironment,
  onboard: onboardEnvironment,
  allocate: allocateEnvironment,
  drain: drainEnvironment,
  sync: syncEnvironment,
  watch: watchEnvironment,
  'send-sms': sendSmsEnvironment,
  retain: retainEnvironment,
};

/** Ends of what the settings allow, and what a deploy without context gets. */
const settings = {
  default: {},
  least: {
    drainMinutes: 1,
    trackingHours: 1,
    callsInFlight: 1,
    carrierTimeoutMs: 100,
    maxAttempts: 1,
    promiseMinutes: 1,
    dailyQuota: 0,
    smsPriceMicroUsd: 0,
    retentionDays: 1,
    retentionDaysUnsent: 1,
  },
  most: {
    drainMinutes: 14,
    trackingHours: 12,
    callsInFlight: 200,
    carrierTimeoutMs: 60_000,
    settleSeconds: 3_600,
    maxAttempts: 50,
    promiseMinutes: 1_440,
    dailyQuota: 100_000_000,
    trackingSource: 'data-go-kr',
    smsRegion: 'us-east-1',
    smsSenderId: 'FIRSTMALL',
    smsQuietHours: 'off',
    smsPriceMicroUsd: 10_000_000,
    retentionDays: 3_650,
    retentionDaysUnsent: 3_650,
  },
};

describe('the environment in the template', () => {
  it.each(Object.entries(settings))('is what every door asks for with %s settings', (_, context) => {
    const functions = resources('AWS::Lambda::Function', templateWith(context));
    expect(functions).toHaveLength(Object.keys(schemas).length);
    for (const [, { Properties: p }] of functions) {
      const variables = filled(p['Environment'].Variables);
      const read = z.safeParse(
        schemas[variables['POWERTOOLS_SERVICE_NAME'] as keyof typeof schemas],
        variables,
      );
      expect(read.error?.issues ?? []).toEqual([]);
    }
  });

  it('holds nothing that no door asks for', () => {
    for (const [, { Properties: p }] of resources('AWS::Lambda::Function')) {
      const { POWERTOOLS_SERVICE_NAME: name, ...variables } = p['Environment'].Variables;
      const asked = Object.keys(schemas[name as keyof typeof schemas].shape);
      const given = Object.keys(variables).filter((key) => !key.startsWith('POWERTOOLS_'));
      expect(given.toSorted()).toEqual(asked.toSorted());
    }
  });
});

function filled(variables: Record<string, any>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, nameOf(value)]));
}
