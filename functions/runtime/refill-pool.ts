/**
 * Keeps up to `size` jobs in flight and starts the next one the moment any ends: no batch, no barrier, so one
 * slow call never holds up the others (performance.md P10).
 *
 * `next` gives the next job, or undefined when there is none for now; it is asked one at a time and again
 * after each job that ends. Ends when `next` has nothing and nothing is in flight.
 * @throws the first error of `next` or `work`, after what is in flight has ended.
 */
export const runRefillPool = async <Job>(
  size: number,
  next: () => Promise<Job | undefined>,
  work: (job: Job) => Promise<void>,
): Promise<void> => {
  let asking: Promise<unknown> = Promise.resolve();
  let failure: { error: unknown } | undefined;
  const askInTurn = (): Promise<Job | undefined> => {
    const answer = asking.then(() => (failure === undefined ? next() : undefined));
    asking = answer.catch(() => undefined);
    return answer;
  };
  const lane = async () => {
    try {
      for (let job = await askInTurn(); job !== undefined; job = await askInTurn()) await work(job);
    } catch (error) {
      failure ??= { error };
    }
  };
  await Promise.all(Array.from({ length: size }, lane));
  if (failure !== undefined) throw failure.error;
};
