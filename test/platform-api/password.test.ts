import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {} from '../../functions/audit/audit.store.ts';
import { aRequest, CANARY, type Door, openDoor } from './door.ts';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.stop());

const everything = async (): Promise<string> => {
  const tables = Object.values(door.tables);
  const all = await Promise.all(tables.map((TableName) => door.doc.send(new ScanCommand({ TableName }))));
  return JSON.stringify([all.map(({ Items }) => Items), door.events, door.queued, door.logged]);
};

describe('the password', () => {
  it('is in no table, event, message, log line or answer, in any form one can read', async () => {
    const answers = [await door.put('A-1', aRequest()), await door.put('A-1', aRequest())];
    answers.push(await door.put('A-1', aRequest({ revision: 2, epostPassword: `${CANARY}-2` })));
    answers.push(await door.put('A-1', aRequest({ revision: 3, businessNo: CANARY })));
    answers.push(await door.put('A-1', `{"epostPassword":"${CANARY}`));
    answers.push(await door.put('A-1', aRequest({ epostPassword: { [CANARY]: CANARY } })));
    answers.push(await door.send('GET', '/applications/A-1'));
    const seen = JSON.stringify(answers.map(({ text, headers }) => [text, headers])) + (await everything());
    for (const form of [CANARY, 'canary', Buffer.from(CANARY).toString('base64'), encodeURIComponent(CANARY)])
      expect(seen).not.toContain(form);
    expect(seen).toContain('passwordSealed');
  });

  it('is stored sealed for its merchant, replaced by a correction, kept when none is given', async () => {
    const sealed = async () => {
      const { Items } = await door.doc.send(new ScanCommand({ TableName: door.tables.applications }));
      const item = Items?.find(({ applicationId }) => applicationId === 'A-1');
      return door.seal.unseal('sodam', item?.['passwordSealed'] as string);
    };
    await door.put('A-1', aRequest());
    expect(await sealed()).toBe(CANARY);
    await door.put('A-1', aRequest({ revision: 2, epostPassword: 'second' }));
    expect(await sealed()).toBe('second');
    const { epostPassword: _none, ...without } = aRequest({ revision: 3 });
    await door.put('A-1', without);
    expect(await sealed()).toBe('second');
  });

  it('that cannot be sealed stops the submission before anything is stored', async () => {
    const broken = await openDoor();
    try {
      const { createApp } = await import('../../functions/platform-api/app.ts');
      const logged: unknown[] = [];
      const app = createApp({
        ...broken.ports,
        seal: (_merchant, password) => Promise.reject(new Error(`KMS is away for ${password}`)),
        log: (text, about) => void logged.push([text, about]),
        supportNumber: '1544-3270',
      });
      const answer = await app.request('/applications/A-1', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(aRequest()),
      });
      expect(answer.status).toBe(500);
      expect((await answer.text()) + JSON.stringify(logged)).not.toContain('canary');
      expect(await broken.ports.applications.read('A-1')).toBeUndefined();
    } finally {
      await broken.stop();
    }
  });
});
