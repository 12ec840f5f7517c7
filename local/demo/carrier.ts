import { type EpostSimulator, startEpostSimulator } from '../epost-simulator/simulator.ts';

/** The carrier that the functions talk to: the built-in simulator, or an endpoint of the user's. */
export interface Carrier {
  url: string;
  /** environment variables of the functions */
  env: Record<'EPOST_SHIP_URL' | 'BIZ_TRACE_URL' | 'DATA_GO_KR_URL', string>;
  /** what the product reads as its carrier secret */
  secret: Record<'key' | 'securityKey' | 'traceKey' | 'dataGoKrKey', string>;
  simulator?: EpostSimulator;
}

/** Keys of the built-in simulator: invented, good for nothing else. */
const SIMULATOR_KEYS = {
  key: 'local-ship-key',
  securityKey: 'local-seed-key16',
  traceKey: 'local-trace-key',
};

/** Starts the simulator unless another endpoint is given; that one takes its key for tracking, too. */
export const openCarrier = async (options: {
  epost?: { url: string; key: string; securityKey: string };
  /** of the simulator */
  port: number;
  now: () => number;
  journalFile?: string;
}): Promise<Carrier> => {
  if (options.epost !== undefined) {
    const { url, ...keys } = options.epost;
    return carrierAt(url, { ...keys, traceKey: keys.key });
  }
  const { port, now, journalFile } = options;
  const simulator = await startEpostSimulator({
    ...SIMULATOR_KEYS,
    port,
    now,
    ...(journalFile && { journalFile }),
  });
  return { ...carrierAt(simulator.url, SIMULATOR_KEYS), simulator };
};

const carrierAt = (url: string, keys: typeof SIMULATOR_KEYS): Carrier => ({
  url,
  env: { EPOST_SHIP_URL: url, BIZ_TRACE_URL: url, DATA_GO_KR_URL: url },
  secret: { ...keys, dataGoKrKey: keys.traceKey },
});

/** The real ePost: then every contract sends test orders, so that a first try books nothing. */
export const isLiveCarrier = (url: string): boolean => /(^|\.)epost\.go\.kr$/.test(new URL(url).hostname);
