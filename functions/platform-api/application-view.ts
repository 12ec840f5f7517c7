/** An application as the platform reads it back: where it stands and what to fix; no person, no secret. */
import * as z from 'zod/mini';
import { type Application, APPLICATION_STATUSES, HOLD_REASONS } from '../merchant/application.ts';
import { HOLD_LABELS, STATUS_LABELS } from '../merchant/labels.ts';

const instant = z.iso.datetime();

/** Body of the answers of /applications/{applicationId}. */
export const applicationView = z.strictObject({
  applicationId: z.string(),
  shopId: z.string(),
  sellerId: z.exactOptional(z.string()),
  revision: z.int(),
  status: z.enum(APPLICATION_STATUSES),
  /** Korean, as merchants see it */
  statusLabel: z.string(),
  companyName: z.string(),
  businessNo: z.string(),
  customerNo: z.string(),
  approvalNo: z.string(),
  numbering: z.enum(['band', 'carrier-issued']),
  /** whether a password is kept; it is never shown */
  passwordKept: z.boolean(),
  submittedAt: instant,
  dueAt: instant,
  decidedAt: z.exactOptional(instant),
  approvalExpiresOn: z.exactOptional(z.string()),
  hold: z.exactOptional(
    z.strictObject({
      reasons: z.array(z.strictObject({ code: z.enum(HOLD_REASONS), text: z.string() })),
      note: z.exactOptional(z.string()),
      at: instant,
    }),
  ),
});
export type ApplicationView = z.infer<typeof applicationView>;

export const viewOf = (application: Application): ApplicationView => {
  const { hold, sellerId, decidedAt, approvalExpiresAt } = application;
  return {
    applicationId: application.applicationId,
    shopId: application.shopId,
    ...(sellerId !== undefined && { sellerId }),
    revision: application.revision,
    status: application.status,
    statusLabel: STATUS_LABELS[application.status],
    companyName: application.companyName,
    businessNo: application.businessNo,
    customerNo: application.customerNo,
    approvalNo: application.approvalNo,
    numbering: application.numbering,
    passwordKept: application.hasPassword,
    submittedAt: iso(application.submittedAt),
    dueAt: iso(application.dueAt),
    ...(decidedAt !== undefined && { decidedAt: iso(decidedAt) }),
    ...(approvalExpiresAt !== undefined && { approvalExpiresOn: approvalExpiresAt }),
    ...(hold && { hold: holdOf(hold) }),
  };
};

const holdOf = ({ reasons, note, at }: NonNullable<Application['hold']>) => ({
  reasons: reasons.map((code) => ({ code, text: HOLD_LABELS[code] })),
  ...(note !== undefined && { note }),
  at: iso(at),
});

const iso = (at: number): string => new Date(at).toISOString();
