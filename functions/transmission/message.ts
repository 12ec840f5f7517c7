import * as z from 'zod/mini';

/** Body of a message on the transmission queue. Version first, so that old messages stay readable. */
export const transmissionMessage = z.object({
  v: z.literal(1),
  shipmentId: z.string().check(z.minLength(1), z.maxLength(50)),
});
