import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApplications } from '../../functions/merchant/application.store.ts';
import type { Command } from '../../functions/merchant/moves.ts';
import { KIM, LEE, passed } from '../support/applications.ts';
import { T0 } from '../support/builders.ts';
import { decided, type Desk, fresh, openDesk, opened } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.stop());

const hold: Command = { do: 'hold', reasons: ['approval'], smsText: '승인번호가 다릅니다.' };

const storedPassword = async (applicationId: string) => {
  const Key = { applicationId };
  const answer = await desk.doc.send(
    new GetCommand({ TableName: desk.tables.applications, Key, ConsistentRead: true }),
  );
  return answer.Item?.['passwordSealed'] as unknown;
};

describe('a submission', () => {
  it('is read as it was written', async () => {
    const application = await desk.submitted();
    expect(await desk.applications.read(application.applicationId)).toEqual(application);
    expect(await desk.auditOf(application.applicationId)).toEqual(['application.received']);
  });

  it('the second time is changed, with the stored one', async () => {
    const given = fresh();
    const application = await desk.submitted(given);
    expect(await desk.applications.submit(opened(given))).toEqual({
      outcome: 'changed',
      existing: application,
    });
    expect(await desk.auditOf(given.id)).toHaveLength(1);
  });

  it('keeps its sealed password through moves that never saw it, and never shows it', async () => {
    const first = await desk.submitted(fresh({ passwordSealed: 'c2VhbGVk' }));
    const seen = await desk.applications.read(first.applicationId);
    expect(seen).toMatchObject({ hasPassword: true });
    expect(seen).not.toHaveProperty('passwordSealed');
    const moved = await desk.doMove(seen!, { do: 'checks', checks: passed() });
    expect(await storedPassword(first.applicationId)).toBe('c2VhbGVk');
    const held = await desk.doMove(moved, hold);
    await desk.doMove(held, { do: 'withdraw' });
    expect(await storedPassword(first.applicationId)).toBeUndefined();
  });
});

describe('two operators at once', () => {
  it('exactly one wins and the other is told what became of it', async () => {
    const before = await desk.reviewed();
    const [one, other] = await Promise.all([
      desk.applications.move(before, decided(before, { do: 'approve' }, KIM)),
      desk.applications.move(before, decided(before, hold, LEE)),
    ]);
    const outcomes = [one, other].map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(['changed', 'written']);
    const stored = await desk.applications.read(before.applicationId);
    const loser = one.outcome === 'changed' ? one : other;
    expect(loser).toEqual({ outcome: 'changed', existing: stored });
    const decisions = (await desk.auditOf(before.applicationId)).slice(2);
    expect(decisions).toEqual([stored?.status === 'linking' ? 'application.approved' : 'application.held']);
  });

  it('holding the same one twenty times leaves one SMS', async () => {
    const before = await desk.reviewed();
    await Promise.all(
      Array.from({ length: 20 }, () => desk.applications.move(before, decided(before, hold))),
    );
    const rows = await desk.doc.send(new ScanCommand({ TableName: desk.tables.messages }));
    expect(rows.Items?.filter(({ subject }) => subject === `application#${before.applicationId}`)).toEqual([
      {
        messageId: `${before.applicationId}#3`,
        to: '01000004821',
        template: 'hold.approval',
        text: '승인번호가 다릅니다.',
        state: 'pending',
        createdAt: T0,
        expiresAt: T0 / 1000 + 2 * 366 * 86_400,
        sendAt: T0,
        subject: `application#${before.applicationId}`,
      },
    ]);
  });
});

describe('the contract', () => {
  const contractOf = async (contractId: string) => {
    const Key = { contractId };
    return (await desk.doc.send(new GetCommand({ TableName: desk.tables.contracts, Key }))).Item;
  };

  it('comes with the activation, is stopped, resumed and ended with the application', async () => {
    const linking = await desk.doMove(await desk.reviewed(), { do: 'approve' });
    expect(await contractOf(linking.contractId)).toBeUndefined();
    const active = await desk.doMove(linking, { do: 'linked' });
    expect(await contractOf(linking.contractId)).toEqual({
      contractId: linking.contractId,
      status: 'active',
      companyName: '소담마켓',
      customerNo: linking.customerNo,
      approvalNo: '1018680001',
      officeSer: 'SODAM1',
      numbering: 'band',
      inquiryTel: '02-000-0000',
    });
    const suspended = await desk.doMove(active, { do: 'suspend', reason: '로그인 실패' });
    expect(await contractOf(linking.contractId)).toMatchObject({ status: 'suspended' });
    const resumed = await desk.doMove(suspended, { do: 'resume', reason: '해결' });
    expect(await contractOf(linking.contractId)).toMatchObject({ status: 'active' });
    await desk.doMove(resumed, { do: 'terminate', reason: '폐업' });
    expect(await contractOf(linking.contractId)).toMatchObject({ status: 'terminated' });
  });

  it('is not made for an application that was never in use', async () => {
    const application = await desk.submitted();
    await desk.doMove(application, { do: 'withdraw' });
    expect(await contractOf(application.contractId)).toBeUndefined();
  });

  it('cannot be touched by a function that was lent no contracts', async () => {
    const { contracts: _contracts, messages: _messages, ...door } = desk.tables;
    const narrow = createApplications(desk.doc, door);
    const linking = await desk.doMove(await desk.reviewed(), { do: 'approve' });
    await expect(narrow.move(linking, decided(linking, { do: 'linked' }))).rejects.toThrow(/may not change/);
  });
});

describe('a list', () => {
  it('pages through states, nearest due date first in each', async () => {
    const due = async (days: number) => {
      const moved = opened();
      const dueAt = T0 + days * 86_400_000;
      const application = { ...moved.application, dueAt, status: 'suspended' as const };
      await desk.applications.submit({ ...moved, application });
      return application.applicationId;
    };
    const ids = [await due(3), await due(1), await due(2)];
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await desk.applications.list(['suspended'], cursor, 2);
      seen.push(...page.applications.map(({ applicationId }) => applicationId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([ids[1], ids[2], ids[0]]);
  });
});
