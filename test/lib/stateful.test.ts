import { describe, expect, it } from 'vitest';
import { resources } from './template.ts';

const tables = resources('AWS::DynamoDB::GlobalTable');

describe('what holds data', () => {
  it('keeps its logical ids: a changed id would be a new, empty table, bus or queue', () => {
    const stateful = [
      'AWS::DynamoDB::GlobalTable',
      'AWS::Events::EventBus',
      'AWS::Events::Archive',
      'AWS::SecretsManager::Secret',
      'AWS::SQS::Queue',
    ];
    expect(stateful.flatMap((type) => resources(type).map(([id]) => id)).toSorted()).toEqual([
      'EpostKeysEE328F3C',
      'EpostOperations3A281BC4',
      'MerchantContractsA5CA181A',
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

  it('has the keys and work lists that the stores rely on', () => {
    const shape = Object.fromEntries(
      tables.map(([id, table]) => [id.replace(/[0-9A-F]{8}$/, ''), keysOf(table.Properties)]),
    );
    expect(shape).toEqual({
      MerchantContracts: { key: 'contractId:S' },
      WaybillPools: { key: 'contractId:S item:S' },
      WaybillLedger: { key: 'contractId:S seq:N', open: 'openSlot:S openSince:N KEYS_ONLY' },
      ShipmentShipments: { key: 'shipmentId:S', attention: 'attentionSlot:S attentionKey:S KEYS_ONLY' },
      EpostOperations: { key: 'pk:S sk:S', ttl: 'expiresAt' },
    });
  });

  it('keeps the ePost keys out of the template and through a deleted stack', () => {
    const [, secret] = resources('AWS::SecretsManager::Secret')[0]!;
    expect(Object.keys(secret.Properties).toSorted()).toEqual(['Description', 'Name']);
    expect(secret.Properties['Name']).toBe('epost/dev');
    expect(secret.DeletionPolicy).toBe('Retain');
  });

  it('forgets archived order events, which name recipients, after 30 days', () => {
    const [, archive] = resources('AWS::Events::Archive')[0]!;
    expect(archive.Properties['RetentionDays']).toBe(30);
  });
});

/** Key, indexes and expiry of a table in one line each. */
function keysOf(table: Record<string, any>): Record<string, string> {
  const types = new Map(table['AttributeDefinitions'].map((a: any) => [a.AttributeName, a.AttributeType]));
  const words = (schema: any[]) =>
    schema.map((k) => `${k.AttributeName}:${types.get(k.AttributeName)}`).join(' ');
  const indexes = (table['GlobalSecondaryIndexes'] ?? []).map((index: any) => [
    index.IndexName,
    `${words(index.KeySchema)} ${index.Projection.ProjectionType}`,
  ]);
  const ttl = table['TimeToLiveSpecification'];
  return {
    key: words(table['KeySchema']),
    ...Object.fromEntries(indexes),
    ...(ttl && { ttl: ttl.AttributeName }),
  };
}
