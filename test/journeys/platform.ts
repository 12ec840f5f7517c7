/** The shop platform of a journey: it tells orders with the AWS SDK and remembers what it hears. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import type { OrderShipped } from '../../functions/order/told-events.ts';
import { anOrder } from '../support/builders.ts';
import { control, jumpUntil, type Running, type Told } from './npm-start.ts';

export interface Platform {
  tell(detailType: string, ...details: object[]): Promise<void>;
  ship(...orders: Partial<OrderShipped>[]): Promise<void>;
  /** what it heard about a shipment, in order */
  heard(shipmentId: string): Told[];
  types(shipmentId: string): string[];
  last(shipmentId: string, type: string): Record<string, unknown> | undefined;
  until(shipmentId: string, type: string): Promise<void>;
  /** virtual time of the stack */
  now(): Promise<number>;
  close(): void;
}

export const openPlatform = (running: Running): Platform => {
  const { busName, endpoints, region } = running.ready;
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const bus = new EventBridgeClient({ endpoint: endpoints.eventbridge, region, credentials });
  const heard = (shipmentId: string) =>
    running.told.filter(({ detail }) => detail['shipmentId'] === shipmentId);
  const types = (shipmentId: string) => heard(shipmentId).map(({ detailType }) => detailType);
  const tell = async (DetailType: string, ...details: object[]) => {
    const Entries = details.map((detail) => ({
      EventBusName: busName,
      Source: 'shop.platform',
      DetailType,
      Detail: JSON.stringify(detail),
    }));
    for (let i = 0; i < Entries.length; i += 10) {
      const answer = await bus.send(new PutEventsCommand({ Entries: Entries.slice(i, i + 10) }));
      expect(answer.FailedEntryCount).toBe(0);
    }
  };
  return {
    tell,
    ship: (...orders) =>
      tell('OrderShipped', ...orders.map((order) => anOrder({ shopId: 'sodam-market', ...order }))),
    heard,
    types,
    last: (shipmentId, type) => heard(shipmentId).findLast(({ detailType }) => detailType === type)?.detail,
    until: (shipmentId, type) => jumpUntil(running, () => types(shipmentId).includes(type)),
    now: async () => Number((await control(running, '/clock', { advanceMs: 0 }))['now']),
    close: () => bus.destroy(),
  };
};
