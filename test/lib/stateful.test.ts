import { describe, expect, it } from 'vitest';
import { tableSchemas } from '../support/table-schemas.ts';
import { nameOf, resources } from './template.ts';

const tables = resources('AWS::DynamoDB::GlobalTable');

describe('what holds data', () => {
  it('keeps its logical ids: a changed id would be a new, empty table, bus or queue', () => {
    const stateful = [
      'AWS::DynamoDB::GlobalTable',
      'AWS::Events::EventBus',
      'AWS::Cognito::UserPool',
      'AWS::Events::Archive',
      'AWS::KMS::Key',
      'AWS::SecretsManager::Secret',
      'AWS::SQS::Queue',
    ];
    expect(stateful.flatMap((type) => resources(type).map(([id]) => id)).toSorted()).toEqual([
      'AdminJobsDeadLettersE53A777B',
      'AdminJobsQueueB16E6182',
      'AdminSessions877F17E9',
      'AdminSignInOperators8FF0C357',
      'AdminSignInSecretE2B417A0',
      'AuditRows50A47FDA',
      'EpostKeysEE328F3C',
      'EpostOperations3A281BC4',
      'LedgerWorkDeadLettersABD7C51E',
      'LedgerWorkQueueCACCB14C',
      'MerchantApplications869B5C23',
      'MerchantContractsA5CA181A',
      'MerchantPasswordsF4337343',
      'NotificationMessages3A7A1AAD',
      'OnboardingWorkDeadLettersDDA52B55',
      'OnboardingWorkQueue65CF287B',
      'OrderEventsDeadLettersFEB3CF56',
      'OrderEventsQueue5A6070BE',
      'ShipmentBus7E1CB19D',
      'ShipmentBusArchiveD0FFD7AA',
      'ShipmentQuarantineE80EE374',
      'ShipmentShipmentsD0A3364E',
      'TrackingRoundsDeadLetters9DF0AE0D',
      'TrackingRoundsQueue9A9FE8C0',
      'TransmissionQueue2BC9E5C6',
      'TransmissionQueueDeadLettersB356AADC',
      'WaybillLedgerD0AE95EB',
      'WaybillPoolsAED6F15E',
    ]);
  });

  it.each(tables)('%s is on demand, restorable, protected from deletion and retained', (_, table) => {
    expect(table.Properties['BillingMode']).toBe('PAY_PER_REQUEST');
    expect(table.Properties['Replicas']).toHaveLength(1);
    expect(table.Properties['Replicas'][0]).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('has the keys and work lists with which the stores are tested', () => {
    const deployed = tables.map(([id, table]) => [nameOf({ Ref: id }), keysOf(table.Properties)]);
    expect(Object.fromEntries(deployed)).toEqual({
      MerchantContracts: keysOf(tableSchemas.contracts),
      WaybillPools: keysOf(tableSchemas.pools),
      WaybillLedger: keysOf(tableSchemas.ledger),
      ShipmentShipments: keysOf(tableSchemas.shipments),
      EpostOperations: keysOf(tableSchemas.operations),
      MerchantApplications: keysOf(tableSchemas.applications),
      AuditRows: keysOf(tableSchemas.audit),
      NotificationMessages: keysOf(tableSchemas.messages),
      AdminSessions: keysOf(tableSchemas.sessions),
    });
    expect(keysOf(tableSchemas.applications)).toEqual({
      key: 'applicationId:S',
      byStatus: 'status:S dueAt:N ALL',
    });
    expect(keysOf(tableSchemas.ledger)).toEqual({
      key: 'contractId:S seq:N',
      open: 'openSlot:S openSince:N KEYS_ONLY',
      unsent: 'unsentSlot:S openSince:N KEYS_ONLY',
    });
  });

  it('forgets runs, sessions and messages when they have expired, and nothing else', () => {
    const expiring = tables.filter(([, table]) => table.Properties['TimeToLiveSpecification']);
    expect(expiring.map(([id]) => nameOf({ Ref: id })).toSorted()).toEqual([
      'AdminSessions',
      'EpostOperations',
      'NotificationMessages',
    ]);
    for (const [, table] of expiring) {
      const expiry = { AttributeName: 'expiresAt', Enabled: true };
      expect(table.Properties['TimeToLiveSpecification']).toEqual(expiry);
    }
  });

  it('refuses everybody to change or remove what was recorded of decisions', () => {
    const [, audit] = tables.find(([id]) => nameOf({ Ref: id }) === 'AuditRows')!;
    expect(audit.Properties['Replicas'][0].ResourcePolicy.PolicyDocument.Statement).toEqual([
      {
        Sid: 'AddOnly',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          'dynamodb:BatchWriteItem',
          'dynamodb:DeleteItem',
          'dynamodb:PartiQLDelete',
          'dynamodb:PartiQLUpdate',
          'dynamodb:UpdateItem',
        ],
        Resource: '*',
      },
    ]);
  });

  it("rotates the key of merchants' passwords and keeps it through a deleted stack", () => {
    const keys = resources('AWS::KMS::Key');
    expect(keys).toHaveLength(1);
    expect(keys[0]![1].Properties['EnableKeyRotation']).toBe(true);
    expect(keys[0]![1]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('keeps the ePost keys out of the template and through a deleted stack', () => {
    const [, secret] = resources('AWS::SecretsManager::Secret').find(([id]) => id.startsWith('Epost'))!;
    expect(Object.keys(secret.Properties).toSorted()).toEqual(['Description', 'Name']);
    expect(secret.Properties['Name']).toBe('epost/dev');
    expect(secret.DeletionPolicy).toBe('Retain');
  });

  it('forgets archived order events, which name recipients, after 30 days', () => {
    const [, archive] = resources('AWS::Events::Archive')[0]!;
    expect(archive.Properties['RetentionDays']).toBe(30);
  });
});

/** Key and indexes of a table in one line each. */
function keysOf(table: Record<string, any>): Record<string, string> {
  const types = new Map(table['AttributeDefinitions'].map((a: any) => [a.AttributeName, a.AttributeType]));
  const words = (schema: any[]) =>
    schema.map((k) => [k.AttributeName, types.get(k.AttributeName)].join(':')).join(' ');
  const indexes = (table['GlobalSecondaryIndexes'] ?? []).map((index: any) => [
    index.IndexName,
    `${words(index.KeySchema)} ${index.Projection.ProjectionType}`,
  ]);
  return { key: words(table['KeySchema']), ...Object.fromEntries(indexes) };
}
