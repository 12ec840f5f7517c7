/** P4: every number below the cursor is given to a shipment or void, and the ledger says so without a gap. */
import { isDeepStrictEqual } from 'node:util';
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import { fromStored, type StoredLedgerEntry } from '../../../functions/waybill/ledger.store.ts';
import { type Block, numberAt, type PoolHead } from '../../../functions/waybill/pool.ts';
import type { Check, Checked } from './check.ts';
import { all, one, touched } from './records.ts';

export const checkLedger = (world: Checked): Check => {
  const { aws, names, broken } = world;
  const audit = () => {
    const pools = all<PoolHead | Block>(aws, names, 'pools');
    const ledger = all<StoredLedgerEntry>(aws, names, 'ledger').map(fromStored);
    for (const head of pools.filter((item): item is PoolHead => item.item === 'head')) {
      const { contractId } = head;
      const blocks = pools.filter(
        (item): item is Block => item.contractId === contractId && item.item !== 'head',
      );
      const entries = ledger
        .filter((entry) => entry.contractId === contractId)
        .toSorted((a, b) => a.seq - b.seq);
      if (
        !isDeepStrictEqual(
          entries.map(({ seq }) => seq),
          Array.from({ length: head.seq }, (_, i) => i + 1),
        )
      )
        broken('P4', `the ledger of ${contractId} has gaps: ${entries.map(({ seq }) => seq).join(' ')}`);
      const given = entries.flatMap(({ segments = [], shipmentIds }) => {
        const places = segments.flatMap(({ block, from, count }) =>
          Array.from({ length: count }, (_, i) => ({ block, position: from + i })),
        );
        return places.map((place, i) => ({ ...place, shipmentId: shipmentIds[i] }));
      });
      explain(head, blocks, given);
    }
  };
  type Given = { block: number; position: number; shipmentId: string | undefined };
  const explain = (head: PoolHead, blocks: Block[], given: Given[]) => {
    let free = 0;
    for (const block of blocks) {
      const end = block.retired?.from ?? block.size;
      const used =
        block.block < head.block ? end : block.block === head.block ? Math.min(head.position, end) : 0;
      free += end - used;
      const here = given.filter((one_) => one_.block === block.block);
      const positions = here.map(({ position }) => position).toSorted((a, b) => a - b);
      if (
        !isDeepStrictEqual(
          positions,
          Array.from({ length: used }, (_, i) => i),
        )
      )
        broken(
          'P4',
          `block ${block.block} of ${head.contractId}: used up to ${used}, given ${positions.join(' ')}`,
        );
      for (const { position, shipmentId = '' } of here) {
        const shipment = one<Shipment>(aws, names, 'shipments', { shipmentId });
        const number = numberAt(block, position);
        const had = [
          shipment?.waybillNumber,
          ...(shipment?.formerNumbers ?? []).map((former) => former.number),
        ];
        if (!had.includes(number))
          broken('P4', `${number} was given to ${shipmentId}, which does not have it`);
      }
    }
    if (free !== head.available)
      broken('P4', `${head.contractId} says ${head.available} left, there are ${free}`);
  };
  return {
    afterCall: (call) => {
      if (touched(call, names.table('pools'), 'contractId').length > 0) audit();
    },
    atEnd: audit,
  };
};
