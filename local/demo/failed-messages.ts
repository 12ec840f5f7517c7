/** Messages that could not be worked on, for a 실패 보관함 that is looked at. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { readMessage } from '../../functions/order/read-message.ts';
import { failedOrders } from './past-shipments.ts';

export interface FailedMessagesWorld {
  sqs: SQSClient;
  transmissionDeadLettersUrl: string;
  quarantineUrl: string;
  now: number;
}

/** One about a parcel that ePost never answered for, one that the shop told in a form that was not agreed on. */
export const seedFailedMessages = async (world: FailedMessagesWorld): Promise<void> => {
  const [wrong, unanswered] = failedOrders(world.now);
  if (wrong === undefined || unanswered === undefined) return;
  const { sqs, transmissionDeadLettersUrl, quarantineUrl } = world;
  const send = (QueueUrl: string, body: object) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  await send(transmissionDeadLettersUrl, { v: 1, shipmentId: unanswered.shipmentId });
  const { name: _left, ...recipient } = wrong.recipient;
  const event = JSON.stringify({
    source: 'shop-platform',
    'detail-type': 'OrderShipped',
    detail: { ...wrong, shipmentId: `${wrong.shipmentId}-2`, recipient, memo: '부재 시 경비실' },
  });
  const reading = readMessage(event);
  if (reading.says === 'misfit') await send(quarantineUrl, { v: 1, problems: reading.problems, event });
};
