/** The outbox on a real engine, a phone network that does what it is told, and a clock of the test's own. */
import { DeleteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Message, SmsRequest } from '../../functions/notification/message.ts';
import { createMessages, messageItem } from '../../functions/notification/messages.store.ts';
import { sendDue, type SendSmsPorts } from '../../functions/notification/send-sms.ts';
import type { Published } from '../../functions/notification/sms.client.ts';
import type { TestTables } from '../support/dynamo.ts';

export const NOON = Date.parse('2026-11-24T12:00:00+09:00');
const TEXT = '[퍼스트몰] 우체국택배 승인보류: 승인번호가 다릅니다. 확인 후 다시 신청해 주세요.';

/** What the network does with one message. `dies`: it is out, and then the sandbox is gone. */
export type Doing = Published['outcome'] | 'out-but-unknown' | 'dies-before' | 'dies-after';

let nth = 0;

export const createWorld = ({ doc, tables }: TestTables) => {
  const messages = createMessages(doc, tables.messages);
  const out: { to: string; text: string }[] = [];
  const asked: string[] = [];
  const metrics = new Map<string, number>();
  const written: string[] = [];
  let now = NOON;
  const network = { doing: (): Doing => 'taken', slow: () => 0 };
  const ports: SendSmsPorts = {
    messages,
    publish: async (to, text) => {
      asked.push(to);
      const doing = network.doing();
      now += network.slow();
      if (doing === 'dies-before') throw new Error('the sandbox is gone');
      if (['taken', 'out-but-unknown', 'dies-after'].includes(doing)) out.push({ to, text });
      if (doing === 'dies-after') throw new Error('the sandbox is gone');
      if (doing === 'taken') return { outcome: 'taken', providerId: `sns-${out.length}` };
      return { outcome: doing === 'out-but-unknown' ? 'unknown' : doing, code: `code-${doing}` };
    },
    clock: () => now,
    count: (name, value = 1) => void metrics.set(name, (metrics.get(name) ?? 0) + value),
    gauge: (name, value) => void metrics.set(name, value),
  };
  return {
    messages,
    ports,
    network,
    /** what phones received */
    out,
    /** whom the network was asked to reach */
    asked,
    metrics,
    now: () => now,
    pass: (ms: number) => void (now += ms),
    setClock: (at: number) => void (now = at),
    owe: async (over: Partial<SmsRequest> = {}): Promise<string> => {
      const messageId = `A-${(nth += 1)}#3`;
      const sms = {
        messageId,
        to: '01000004821',
        template: 'hold.approval',
        text: TEXT,
        sendAt: now,
        ...over,
      } as const;
      const item = messageItem(tables.messages, sms, { createdAt: now, subject: `application#A-${nth}` });
      await doc.send(new TransactWriteCommand({ TransactItems: [item] }));
      written.push(messageId);
      return messageId;
    },
    run: (over: Partial<Parameters<typeof sendDue>[1]> = {}, withPorts: Partial<SendSmsPorts> = {}) =>
      sendDue(
        { ...ports, ...withPorts },
        { quietHours: true, priceMicroUsd: 30_000, stopAt: now + 40_000, ...over },
      ),
    stored: async (messageId: string): Promise<Message> => {
      const message = await messages.read(messageId);
      if (message === undefined) throw new Error(`${messageId} is gone`);
      return message;
    },
    /** Takes away what this world wrote, so that worlds may share the engine. */
    clear: async () => {
      for (const messageId of written)
        await doc.send(new DeleteCommand({ TableName: tables.messages, Key: { messageId } }));
    },
  };
};
export type World = ReturnType<typeof createWorld>;
