import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { OUR_SOURCE, type OutgoingEvent } from '../events.ts';
import { chunk } from './chunk.ts';

/** PutEvents takes ten entries a request. */
const ENTRIES_PER_REQUEST = 10;
const ROUNDS = 4;

export type Publish = (events: readonly OutgoingEvent[]) => Promise<void>;

/**
 * Puts events on the bus; returns only when the bus has taken every one of them.
 * Told again after a crash, an event goes out twice: consumers key by shipment id (at least once).
 * @throws when entries are still refused after a few rounds; the caller keeps the work that owes them.
 */
export const createPublish =
  (client: EventBridgeClient, busName: string): Publish =>
  async (events) => {
    const batches = chunk(events, ENTRIES_PER_REQUEST);
    await Promise.all(batches.map((batch) => putAll(client, busName, batch)));
  };

const putAll = async (client: EventBridgeClient, busName: string, batch: readonly OutgoingEvent[]) => {
  let left = batch;
  for (let round = 0; round < ROUNDS && left.length > 0; round++) {
    const answer = await client.send(
      new PutEventsCommand({
        Entries: left.map(({ detailType, detail }) => ({
          EventBusName: busName,
          Source: OUR_SOURCE,
          DetailType: detailType,
          Detail: JSON.stringify(detail),
        })),
      }),
    );
    left = left.filter((_, i) => answer.Entries?.[i]?.ErrorCode !== undefined);
  }
  if (left.length > 0) throw new Error(`The event bus refused ${left.length} of ${batch.length} events`);
};
