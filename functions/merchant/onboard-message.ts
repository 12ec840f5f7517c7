import * as z from 'zod/mini';

/**
 * Body of a message on the onboarding queue, or of the schedule's call. `check` and `link` are about one application;
 * the others are the clock's. The bus sends its own shape when numbers arrive.
 */
export const onboardMessage = z.union([
  z.object({ v: z.literal(1), kind: z.enum(['check', 'link']), applicationId: z.string() }),
  z.object({ v: z.literal(1), kind: z.enum(['due', 'expiry', 'heartbeat']) }),
  z.object({
    'detail-type': z.literal('WaybillBlockImported'),
    detail: z.object({ contractId: z.string() }),
  }),
]);
export type OnboardMessage = z.infer<typeof onboardMessage>;
