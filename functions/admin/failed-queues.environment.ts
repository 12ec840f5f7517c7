import * as z from 'zod/mini';
import { present } from '../runtime/environment.ts';
import type { FailedQueueName } from './dead-letter.ts';

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Addresses of failed queues by name, under the address their messages came from and go back to. */
const bySource = z.record(present, z.record(present, present));

/** JSON: {"https://…/transmission":{"Transmission":"https://…/dead-letters"}}; read as a list. */
export const failedQueues = z.pipe(
  z.pipe(z.pipe(z.string(), z.transform(readJson)), bySource),
  z.transform((sources): FailedQueueName[] =>
    Object.entries(sources).flatMap(([source, queues]) =>
      Object.entries(queues).map(([name, url]) => ({ name, url, source })),
    ),
  ),
);
