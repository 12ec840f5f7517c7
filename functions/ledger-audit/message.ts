import * as z from 'zod/mini';

const place = { seq: z.int(), block: z.int(), position: z.int() };

/** Body of a message on the audit's queue: a new round, or what is left of one. */
export const auditMessage = z.object({
  v: z.literal(1),
  progress: z.optional(
    z.object({
      walk: z.object({ contractId: z.string(), ...place }),
      contracts: z.int(),
      findings: z.int(),
    }),
  ),
});
