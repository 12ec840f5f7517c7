/** What can become of a call to ePost. */
import type { SweptFault } from './call-site.ts';
import { isShipOperation, type Operation } from '../../../local/epost-simulator/wire/operations.ts';

/** Kinds ending in `-after` and `late` are carried out all the same. Codes are ePost's own refusals. */
export const AT_CARRIER = [
  'unreachable',
  'timeout-before',
  'timeout-after',
  'late',
  'reset-before',
  'reset-after',
  'http-500',
  'http-500-after',
  'garbled',
  'truncated',
  'redirect',
  'maintenance',
  'html-200',
  'slow',
  'crash-before',
  'crash-after',
  'ERR-531',
  'ERR-322',
  'ERR-222',
  'ERR-123',
  'ERR-511',
  'ERR-226',
  'other-number',
  'old-answer',
  'shuffled',
] as const;
export type CarrierFault = (typeof AT_CARRIER)[number] | 'wrong-key';

const FOR_ORDERS: readonly string[] = ['ERR-322', 'ERR-222', 'ERR-123', 'ERR-511', 'ERR-226', 'other-number'];
const FOR_TRACE: readonly string[] = ['old-answer', 'shuffled'];

/** Whether a kind of trouble exists for an operation. */
export const canMeetAtCarrier = (kind: CarrierFault, operation: Operation): boolean => {
  if (FOR_ORDERS.includes(kind)) return operation === 'InsertOrder';
  if (FOR_TRACE.includes(kind)) return operation === 'trace';
  return kind !== 'ERR-531' || isShipOperation(operation);
};

/** What a call to ePost meets, as what it means for us: without effect, done and no answer that can be read, and so on. */
export const AS_AT_CARRIER: Record<SweptFault, readonly CarrierFault[]> = {
  fail: ['unreachable', 'timeout-before', 'reset-before', 'http-500', 'redirect', 'maintenance', 'html-200'],
  lost: ['timeout-after', 'late', 'reset-after', 'http-500-after', 'garbled', 'truncated'],
  'crash-before': ['crash-before'],
  'crash-after': ['crash-after'],
  throttle: ['ERR-531', 'slow'],
};
