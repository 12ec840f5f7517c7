import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logger, metrics } from './observe.ts';

/**
 * Makes a Lambda entry of a use case: request id on every log line, metrics flushed on every path, an error
 * logged once by name (its message may quote input, so it is not logged) and passed on to Lambda.
 * Out of time it is left to Lambda, which kills the process. Ended early by us, as middy would, the process would be
 * frozen half-way, and go on with its writes in the middle of a later invocation.
 */
export const lambda = <Event, Answer>(handle: (event: Event, context: Context) => Promise<Answer>) =>
  middy<Event, Answer>({ timeoutEarlyInMillis: 0 })
    .use({
      before: ({ context }) => {
        logger.addContext(context);
      },
      after: publishMetrics,
      onError: ({ error }) => {
        logger.error('invocation failed', { error: error?.name ?? 'unknown', at: firstFrame(error) });
        publishMetrics();
      },
    })
    .handler(handle);

/** An invocation that counted nothing writes nothing: the library would print a warning that is no JSON. */
const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** Where in our code it broke, without the message. */
const firstFrame = (error: Error | null | undefined): string | undefined =>
  error?.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim();
