import { isUnsent } from '../../../functions/promise/standing.ts';
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { FakeAws } from '../aws/fake-aws.ts';
import { all } from '../checks/records.ts';
import type { Names } from './names.ts';

/** Loses the messages of what is to be sent and nobody is working on. */
export const loseMessages = (aws: FakeAws, names: Names): void => {
  const queue = names.queue('transmission');
  const unsent = all<Shipment>(aws, names, 'shipments').filter(isUnsent);
  for (const { MessageId = '', ReceiptHandle = '', Body = '' } of aws.queues.take(queue, 1000))
    if (unsent.some(({ shipmentId }) => Body.includes(`"shipmentId":"${shipmentId}"`)))
      aws.queues.delete(queue, ReceiptHandle);
    else aws.queues.show(queue, MessageId);
};
