import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { allocateEnvironment } from '../../functions/order/allocate.environment.ts';
import { sendSmsEnvironment } from '../../functions/notification/send-sms.environment.ts';
import { retainEnvironment } from '../../functions/shipment/retain.environment.ts';
import { adminEnvironment } from '../../functions/admin/admin.environment.ts';
import { jobsEnvironment } from '../../functions/admin/jobs.environment.ts';
import { ledgerAuditEnvironment } from '../../functions/ledger-audit/ledger-audit.environment.ts';
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
  admin: adminEnvironment,
  jobs: jobsEnvironment,
  'ledger-audit': ledgerAuditEnvironment,
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
    consoleIdleMinutes: 5,
    consoleSessionHours: 1,
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
    consoleUrl: 'https://console.shop.example',
    oidcIssuer: 'https://id.shop.example/realms/house',
    oidcClientId: 'epost-console',
    oidcLogoutUrl: 'https://id.shop.example/logout',
    version: '1.0.0+abc',
    smsSwitchedOn: 'approved,stopped,ended',
    smsRegion: 'us-east-1',
    smsSenderId: 'FIRSTMALL',
    smsQuietHours: 'off',
    smsPriceMicroUsd: 10_000_000,
    retentionDays: 3_650,
    consoleIdleMinutes: 480,
    consoleSessionHours: 24,
    retentionDaysUnsent: 3_650,
  },
};

describe('the environment in the template', () => {
  it('fits into the 4 KB of Lambda with the longest stage there is', () => {
    const stage = 'a-stage-of-20-letter';
    for (const [, { Properties: p }] of resources('AWS::Lambda::Function', templateWith({ stage }))) {
      const variables = Object.entries(p['Environment'].Variables);
      const bytes = variables.map(([key, value]) => Buffer.byteLength(`${key}${deployed(value, stage)}`));
      expect(bytes.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(4_096);
    }
  });

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
  return Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [
      key,
      key.startsWith('OIDC_') && typeof value !== 'string' ? 'https://pool.example' : nameOf(value),
    ]),
  );
}

/** A value as long as it will be: physical names are the stack's, the logical id and twelve letters. */
function deployed(value: any, stage: string): string {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map((part: any) => deployed(part, stage)).join('');
  const id: string = value.Ref ?? value['Fn::GetAtt'][0];
  const name = `EpostParcel-${stage}-${id}-ABCDEFGHIJKL`;
  if (/Queue|DeadLetters|Quarantine/.test(id))
    return `https://sqs.ap-northeast-2.amazonaws.com/123456789012/${name.slice(-80)}`;
  return value['Fn::GetAtt'] || /Secret|Keys/.test(id)
    ? `arn:aws:service:ap-northeast-2:123456789012:${name}`
    : name;
}
