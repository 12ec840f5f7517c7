import * as z from 'zod/mini';

/**
 * Body of a message on the tracking queue. Version first; without a kind it is a start. `by`: the operator who asked
 * for a round between the scheduled ones.
 */
export const trackingMessage = z.union([
  z.object({
    v: z.literal(1),
    kind: z._default(z.literal('start'), 'start'),
    by: z.exactOptional(z.string().check(z.maxLength(100))),
  }),
  z.object({ v: z.literal(1), kind: z.literal('continue'), runId: z.string(), leg: z.int() }),
  z.object({ v: z.literal(1), kind: z.literal('one'), shipmentId: z.string() }),
]);
export type TrackingMessage = z.infer<typeof trackingMessage>;
