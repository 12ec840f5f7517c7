/** Keys of the built-in simulator: invented, good for nothing else. */
export const SIMULATOR_KEYS = {
  key: 'local-ship-key',
  securityKey: 'local-seed-key16',
  traceKey: 'local-trace-key',
} as const;

/** The environment of functions and the secret that make them call one carrier endpoint for everything. */
export const carrierAt = (url: string, keys: { key: string; securityKey: string; traceKey: string }) => ({
  env: { EPOST_SHIP_URL: url, BIZ_TRACE_URL: url, DATA_GO_KR_URL: url },
  secret: { ...keys, dataGoKrKey: keys.traceKey },
});
