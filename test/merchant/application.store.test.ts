import { GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Applications, createApplications } from '../../functions/merchant/application.store.ts';
import type { Application } from '../../functions/merchant/application.ts';
import { type Command, decideMove, type Moved } from '../../functions/merchant/moves.ts';
import { newApplication } from '../../functions/merchant/new-application.ts';
import { createCalendar } from '../../functions/runtime/business-days.ts';
import {
  BUSINESS_NO,
  KIM,
  LEE,
  OTHER_BUSINESS_NO,
  PLATFORM,
  aSubmission,
  passed,
} from '../support/applications.ts';
import { T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

const calendar = createCalendar();
let world: TestTables;
let applications: Applications;
beforeAll(async () => {
  world = await startTables();
  applications = createApplications(world.doc, world.tables);
});
afterAll(() => world.stop());

let count = 0;
/** Each test has its own shop and business. */
const fresh = (over: Parameters<typeof aSubmission>[0] = {}) => {
  count += 1;
  const digits = String(count).padStart(10, '0');
  return {
    id: `A-${count}`,
    submission: aSubmission({ shopId: `shop-${count}`, businessNo: digits, customerNo: digits, ...over }),
  };
};
const opened = ({ id, submission } = fresh()): Moved => {
  const move = newApplication(id, submission, PLATFORM, T0, calendar);
  if (move.outcome === 'refused') throw new Error(move.reason);
  return move;
};
const submitted = async (given = fresh()): Promise<Application> => {
  const move = opened(given);
  expect(await applications.submit(move)).toMatchObject({ outcome: 'written' });
  return move.application;
};
const decided = (before: Application, command: Command, actor = KIM): Moved => {
  const move = decideMove(before, command, actor, T0, calendar);
  if (move.outcome === 'refused') throw new Error(move.reason);
  return move;
};
const doMove = async (before: Application, command: Command): Promise<Application> => {
  const move = decided(before, command);
  expect(await applications.move(before, move)).toMatchObject({ outcome: 'written' });
  return move.application;
};
const auditOf = async (id: string) => {
  const answer = await world.doc.send(
    new QueryCommand({
      TableName: world.tables.audit,
      IndexName: 'subject',
      KeyConditionExpression: 'subject = :s',
      ExpressionAttributeValues: { ':s': `application#${id}` },
    }),
  );
  return (answer.Items ?? []).map((row) => row['what'] as string);
};
const hold: Command = { do: 'hold', reasons: ['approval'], smsText: '승인번호가 다릅니다.' };
const reviewed = async () => doMove(await submitted(), { do: 'checks', checks: passed() });

describe('a submission', () => {
  it('is read as it was written', async () => {
    const application = await submitted();
    expect(await applications.read(application.applicationId)).toEqual(application);
    expect(await auditOf(application.applicationId)).toEqual(['application.received']);
  });

  it('the second time is changed, with the stored one', async () => {
    const given = fresh();
    const application = await submitted(given);
    expect(await applications.submit(opened(given))).toEqual({ outcome: 'changed', existing: application });
    expect(await auditOf(given.id)).toHaveLength(1);
  });

  it('keeps its sealed password through moves that never saw it, and never shows it', async () => {
    const first = await submitted(fresh({ passwordSealed: 'c2VhbGVk' }));
    const seen = await applications.read(first.applicationId);
    expect(seen).toMatchObject({ hasPassword: true });
    expect(seen).not.toHaveProperty('passwordSealed');
    const moved = await doMove(seen!, { do: 'checks', checks: passed() });
    expect(await storedPassword(first.applicationId)).toBe('c2VhbGVk');
    const held = await doMove(moved, hold);
    await doMove(held, { do: 'withdraw' });
    expect(await storedPassword(first.applicationId)).toBeUndefined();
  });
});

const storedPassword = async (applicationId: string) => {
  const Key = { applicationId };
  const answer = await world.doc.send(
    new GetCommand({ TableName: world.tables.applications, Key, ConsistentRead: true }),
  );
  return answer.Item?.['passwordSealed'] as unknown;
};

describe('one business number', () => {
  it('has one live application, whichever shop it comes from', async () => {
    const businessNo = BUSINESS_NO;
    await submitted(fresh({ businessNo }));
    const second = opened(fresh({ businessNo }));
    expect(await applications.submit(second)).toEqual({ outcome: 'duplicate', claim: 'businessNo' });
    expect(await applications.read(second.application.applicationId)).toBeUndefined();
    expect(await auditOf(second.application.applicationId)).toEqual([]);
  });

  it('is free again when the application ends', async () => {
    const first = await submitted();
    await doMove(first, { do: 'withdraw' });
    await submitted(fresh({ businessNo: first.businessNo, shopId: first.shopId }));
  });

  it('lets exactly one more in where an operator allowed it', async () => {
    const first = await submitted();
    await doMove(first, { do: 'override-duplicate', reason: '두 쇼핑몰을 운영합니다' });
    const { businessNo } = first;
    const second = await submitted(fresh({ businessNo }));
    expect(await applications.submit(opened(fresh({ businessNo })))).toMatchObject({ outcome: 'duplicate' });
    expect(await applications.sharers(second)).toEqual({ business: [first.applicationId], customer: [] });
    expect(await auditOf(first.applicationId)).toContain('application.duplicate-allowed');
  });

  it('changed by a correction is taken and the old one given up', async () => {
    const first = await submitted();
    const fields = { ...aSubmission(), ...submissionOf(first), revision: 2, businessNo: OTHER_BUSINESS_NO };
    await doMove(first, { do: 'correct', fields });
    expect(await applications.submit(opened(fresh({ businessNo: OTHER_BUSINESS_NO })))).toMatchObject({
      outcome: 'duplicate',
    });
    await submitted(fresh({ businessNo: first.businessNo }));
  });

  it('of others is refused to a correction too, and nothing is written', async () => {
    const [first, second] = [await submitted(), await submitted()];
    const fields = { ...submissionOf(second), revision: 2, businessNo: first.businessNo };
    const move = decided(second, { do: 'correct', fields });
    expect(await applications.move(second, move)).toEqual({ outcome: 'duplicate', claim: 'businessNo' });
    expect(await applications.read(second.applicationId)).toEqual(second);
  });

  it('of twenty submissions at once lets one in', async () => {
    const businessNo = '9999999999';
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => applications.submit(opened(fresh({ businessNo })))),
    );
    expect(answers.filter(({ outcome }) => outcome === 'written')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(19);
  });

  it('and one shop has one live application', async () => {
    const first = await submitted();
    expect(await applications.submit(opened(fresh({ shopId: first.shopId })))).toEqual({
      outcome: 'duplicate',
      claim: 'shopId',
    });
  });

  it('shares a customer number with another business: both are named', async () => {
    const first = await submitted();
    const second = await submitted(fresh({ customerNo: first.customerNo }));
    expect(await applications.sharers(second)).toEqual({ business: [], customer: [first.applicationId] });
  });
});

const submissionOf = ({ shopId, revision, businessNo, customerNo, ...rest }: Application) => {
  const { companyName, epostId, approvalNo, numbering, contact, site } = rest;
  return {
    shopId,
    revision,
    businessNo,
    customerNo,
    companyName,
    epostId,
    approvalNo,
    numbering,
    contact,
    site,
  };
};

describe('two operators at once', () => {
  it('exactly one wins and the other is told what became of it', async () => {
    const before = await reviewed();
    const [one, other] = await Promise.all([
      applications.move(before, decided(before, { do: 'approve' }, KIM)),
      applications.move(before, decided(before, hold, LEE)),
    ]);
    const outcomes = [one, other].map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(['changed', 'written']);
    const stored = await applications.read(before.applicationId);
    const loser = one.outcome === 'changed' ? one : other;
    expect(loser).toEqual({ outcome: 'changed', existing: stored });
    const decisions = (await auditOf(before.applicationId)).slice(2);
    expect(decisions).toEqual([stored?.status === 'linking' ? 'application.approved' : 'application.held']);
  });

  it('holding the same one twenty times leaves one SMS', async () => {
    const before = await reviewed();
    await Promise.all(Array.from({ length: 20 }, () => applications.move(before, decided(before, hold))));
    const rows = await world.doc.send(new ScanCommand({ TableName: world.tables.messages }));
    expect(rows.Items?.filter(({ subject }) => subject === `application#${before.applicationId}`)).toEqual([
      {
        messageId: `${before.applicationId}#3`,
        to: '01000004821',
        template: 'hold.approval',
        text: '승인번호가 다릅니다.',
        state: 'pending',
        createdAt: T0,
        sendAt: T0,
        subject: `application#${before.applicationId}`,
      },
    ]);
  });
});

describe('the contract', () => {
  const contractOf = async (contractId: string) => {
    const Key = { contractId };
    return (await world.doc.send(new GetCommand({ TableName: world.tables.contracts, Key }))).Item;
  };

  it('comes with the activation, is stopped, resumed and ended with the application', async () => {
    const linking = await doMove(await reviewed(), { do: 'approve' });
    expect(await contractOf(linking.contractId)).toBeUndefined();
    const active = await doMove(linking, { do: 'linked' });
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
    const suspended = await doMove(active, { do: 'suspend', reason: '로그인 실패' });
    expect(await contractOf(linking.contractId)).toMatchObject({ status: 'suspended' });
    const resumed = await doMove(suspended, { do: 'resume', reason: '해결' });
    expect(await contractOf(linking.contractId)).toMatchObject({ status: 'active' });
    await doMove(resumed, { do: 'terminate', reason: '폐업' });
    expect(await contractOf(linking.contractId)).toMatchObject({ status: 'terminated' });
  });

  it('is not made for an application that was never in use', async () => {
    const application = await submitted();
    await doMove(application, { do: 'withdraw' });
    expect(await contractOf(application.contractId)).toBeUndefined();
  });

  it('cannot be touched by a function that was lent no contracts', async () => {
    const { contracts: _contracts, messages: _messages, ...door } = world.tables;
    const narrow = createApplications(world.doc, door);
    const linking = await doMove(await reviewed(), { do: 'approve' });
    await expect(narrow.move(linking, decided(linking, { do: 'linked' }))).rejects.toThrow(/may not change/);
  });
});

describe('a list', () => {
  it('pages through states, nearest due date first in each', async () => {
    const due = async (days: number) => {
      const moved = opened();
      const dueAt = T0 + days * 86_400_000;
      const application = { ...moved.application, dueAt, status: 'suspended' as const };
      await applications.submit({ ...moved, application });
      return application.applicationId;
    };
    const ids = [await due(3), await due(1), await due(2)];
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await applications.list(['suspended'], cursor, 2);
      seen.push(...page.applications.map(({ applicationId }) => applicationId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([ids[1], ids[2], ids[0]]);
  });
});
