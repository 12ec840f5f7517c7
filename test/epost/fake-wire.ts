import type { TransportAnswer } from '../../functions/epost/carrier-answer.ts';
import { createEpostClient } from '../../functions/epost/epost.client.ts';
import { decryptSeed128Hex } from '../../functions/epost/seed128.ts';
import type { Transport, TransportRequest } from '../../functions/epost/transport.client.ts';

export const SECURITY_KEY = '1234567890abcdefghijkl';
export const KEY = 'test+key/0123456789';

/** An in-memory wire: answers every question alike and keeps what was asked. */
export const fakeWire = (answer: TransportAnswer | string, status = 200) => {
  const asked: TransportRequest[] = [];
  const transport: Transport = async (request) => {
    asked.push(request);
    return typeof answer === 'string' ? { outcome: 'answered', status, body: answer } : answer;
  };
  return { transport, asked };
};

export const clientOn = (transport: Transport) =>
  createEpostClient({
    shipUrl: 'http://ship.example.test',
    key: KEY,
    securityKey: SECURITY_KEY,
    timeoutMs: 10_000,
    transport,
  });

/** What ePost would read in the one question that was asked; undefined where nothing is sealed. */
export const plaintextOf = ([request]: TransportRequest[]): string | undefined => {
  const regData = new URLSearchParams(request?.body).get('regData');
  return regData === null ? undefined : decryptSeed128Hex(regData, SECURITY_KEY);
};
