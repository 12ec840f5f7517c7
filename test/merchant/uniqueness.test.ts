import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Application } from '../../functions/merchant/application.ts';
import { aSubmission, BUSINESS_NO, OTHER_BUSINESS_NO } from '../support/applications.ts';
import { decided, type Desk, fresh, openDesk, opened } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.stop());

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

describe('one business number', () => {
  it('has one live application, whichever shop it comes from', async () => {
    const businessNo = BUSINESS_NO;
    await desk.submitted(fresh({ businessNo }));
    const second = opened(fresh({ businessNo }));
    expect(await desk.applications.submit(second)).toEqual({ outcome: 'duplicate', claim: 'businessNo' });
    expect(await desk.applications.read(second.application.applicationId)).toBeUndefined();
    expect(await desk.auditOf(second.application.applicationId)).toEqual([]);
  });

  it('is free again when the application ends', async () => {
    const first = await desk.submitted();
    await desk.doMove(first, { do: 'withdraw' });
    await desk.submitted(fresh({ businessNo: first.businessNo, shopId: first.shopId }));
  });

  it('lets exactly one more in where an operator allowed it', async () => {
    const first = await desk.submitted();
    await desk.doMove(first, { do: 'override-duplicate', reason: '두 쇼핑몰을 운영합니다' });
    const { businessNo } = first;
    const second = await desk.submitted(fresh({ businessNo }));
    expect(await desk.applications.submit(opened(fresh({ businessNo })))).toMatchObject({
      outcome: 'duplicate',
    });
    expect(await desk.applications.sharers(second)).toEqual({
      business: [first.applicationId],
      customer: [],
    });
    expect(await desk.auditOf(first.applicationId)).toContain('application.duplicate-allowed');
  });

  it('changed by a correction is taken and the old one given up', async () => {
    const first = await desk.submitted();
    const fields = { ...aSubmission(), ...submissionOf(first), revision: 2, businessNo: OTHER_BUSINESS_NO };
    await desk.doMove(first, { do: 'correct', fields });
    expect(await desk.applications.submit(opened(fresh({ businessNo: OTHER_BUSINESS_NO })))).toMatchObject({
      outcome: 'duplicate',
    });
    await desk.submitted(fresh({ businessNo: first.businessNo }));
  });

  it('of others is refused to a correction too, and nothing is written', async () => {
    const [first, second] = [await desk.submitted(), await desk.submitted()];
    const fields = { ...submissionOf(second), revision: 2, businessNo: first.businessNo };
    const move = decided(second, { do: 'correct', fields });
    expect(await desk.applications.move(second, move)).toEqual({ outcome: 'duplicate', claim: 'businessNo' });
    expect(await desk.applications.read(second.applicationId)).toEqual(second);
  });

  it('of twenty submissions at once lets one in', async () => {
    const businessNo = '9999999999';
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => desk.applications.submit(opened(fresh({ businessNo })))),
    );
    expect(answers.filter(({ outcome }) => outcome === 'written')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(19);
  });

  it('and one shop has one live application', async () => {
    const first = await desk.submitted();
    expect(await desk.applications.submit(opened(fresh({ shopId: first.shopId })))).toEqual({
      outcome: 'duplicate',
      claim: 'shopId',
    });
  });

  it('shares a customer number with another business: both are named', async () => {
    const first = await desk.submitted();
    const second = await desk.submitted(fresh({ customerNo: first.customerNo }));
    expect(await desk.applications.sharers(second)).toEqual({
      business: [],
      customer: [first.applicationId],
    });
  });
});
