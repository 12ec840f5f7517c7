import * as z from 'zod/mini';

/** Body of a message on the transmission queue. Version first, so that old messages stay readable. */
export const transmissionMessage = z.object({
  v: z.literal(1),
  shipmentId: z.string().check(z.minLength(1), z.maxLength(50)),
  /** when a person had it sent once more (epoch ms): if it still stands refused or parked from before, it is taken up */
  again: z.optional(z.int().check(z.positive())),
});
export type TransmissionMessage = z.output<typeof transmissionMessage>;
