/** Pages and actions about what failed, what was told, what was done, and the days that count. */
import type { AnyAction, AnyPage } from '../page.ts';
import { auditPage } from './audit/audit.page.tsx';
import { dlqActions } from './dlq/dlq.actions.ts';
import { dlqPage } from './dlq/dlq.page.tsx';
import { queuePage } from './dlq/queue.page.tsx';
import { holidaysActions } from './holidays/holidays.actions.ts';
import { holidaysPage } from './holidays/holidays.page.tsx';
import { messagePage } from './messages/message.page.tsx';
import { messagesPage } from './messages/messages.page.tsx';
import { resendSmsAction } from './messages/resend-sms.actions.ts';

export const recordPages: readonly AnyPage[] = [
  dlqPage,
  queuePage,
  messagesPage,
  messagePage,
  auditPage,
  holidaysPage,
];
export const recordActions: readonly AnyAction[] = [...dlqActions, resendSmsAction, ...holidaysActions];
