import * as z from 'zod/mini';
import { present } from '../runtime/environment.ts';

/** One queue of the 실패 보관함. `source`: the queue its messages came from and go back to. */
const failedQueue = z.object({ name: present, url: present, source: z.optional(present) });

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** JSON: [{"name":"Transmission","url":"…","source":"…"}] */
export const failedQueues = z.pipe(z.pipe(z.string(), z.transform(readJson)), z.array(failedQueue));
