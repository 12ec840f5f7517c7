/** Exact counts of the calls the simulator got; control requests are not calls. */
export interface Statistics {
  arrive(operation: string): () => void;
  snapshot(): CallCounts;
  reset(): void;
}

export interface CallCounts {
  calls: Record<string, number>;
  totalCalls: number;
  inFlight: number;
  maxInFlight: number;
  maxInFlightByOperation: Record<string, number>;
}

/**
 * Counts calls and how many are open at once. `arrive` answers the function that ends the call; it is called just
 * before the last byte of an answer is handed over, because a quick client sends its next call before the server
 * hears that the former one is closed, and would be counted as one too many.
 */
export function createStatistics(): Statistics {
  const calls = new Map<string, number>();
  const open = new Map<string, number>();
  const most = new Map<string, number>();
  let inFlight = 0;
  let maxInFlight = 0;

  const arrive = (operation: string) => {
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    const now = (open.get(operation) ?? 0) + 1;
    open.set(operation, now);
    most.set(operation, Math.max(most.get(operation) ?? 0, now));
    inFlight += 1;
    maxInFlight = Math.max(maxInFlight, inFlight);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      inFlight -= 1;
      open.set(operation, (open.get(operation) ?? 1) - 1);
    };
  };

  return {
    arrive,
    snapshot: () => ({
      calls: Object.fromEntries(calls),
      totalCalls: [...calls.values()].reduce((sum, n) => sum + n, 0),
      inFlight,
      maxInFlight,
      maxInFlightByOperation: Object.fromEntries(most),
    }),
    reset: () => {
      calls.clear();
      most.clear();
      maxInFlight = inFlight;
      for (const [operation, n] of open) if (n > 0) most.set(operation, n);
    },
  };
}
