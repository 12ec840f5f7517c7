/** Everything that is stored at the end of a run, in one number. */
import { createHash } from 'node:crypto';
import type { World } from './world/world.ts';

/** Sealed passwords are salted by the library's own dice, so they are left out. */
export const hashOf = (world: World, events: string): string => {
  const hash = createHash('sha256').update(events);
  for (const table of [
    'shipments',
    'pools',
    'ledger',
    'applications',
    'audit',
    'messages',
    'contracts',
    'operations',
  ]) {
    const items = world.aws.dynamo.items(world.names.table(table));
    hash.update(
      JSON.stringify(items, (key, value: unknown) => (key === 'passwordSealed' ? undefined : value)),
    );
  }
  hash.update(JSON.stringify(world.carrier.office.bookings.all()));
  hash.update(JSON.stringify([...world.shop.heard]));
  return hash.digest('hex').slice(0, 32);
};
