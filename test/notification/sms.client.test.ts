import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPublishSms } from '../../functions/notification/sms.client.ts';

const TO = '+821000004821';
const TEXT = '[퍼스트몰] 확인 후 다시 신청해 주세요.';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const taken: Answer = (response) =>
  response.end(
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>',
  );
const error =
  (status: number, code: string): Answer =>
  (response) =>
    response
      .writeHead(status)
      .end(
        `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
      );

let answer: Answer = taken;
const asked: { form: URLSearchParams; signedFor: string | undefined }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request
    .on('data', (part) => (body += part))
    .on('end', () => {
      const signedFor = /Credential=[^/]+\/\d+\/([^/]+)\/sns/.exec(request.headers.authorization ?? '')?.[1];
      asked.push({ form: new URLSearchParams(body), signedFor });
      answer(response, request);
    });
});

beforeEach(async () => {
  asked.length = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL_SNS', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const publish = (over: { senderId?: string; timeoutMs?: number } = {}) =>
  createPublishSms({ region: 'ap-northeast-1', senderId: '', timeoutMs: 5_000, ...over })(TO, TEXT);

describe('one try at SNS', () => {
  it('is a transactional message in the region of its own, and brings back its id', async () => {
    answer = taken;
    expect(await publish()).toEqual({ outcome: 'taken', providerId: 'm-1' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.signedFor).toBe('ap-northeast-1');
    const form = Object.fromEntries(asked[0]?.form ?? []);
    expect(form).toMatchObject({ Action: 'Publish', PhoneNumber: TO, Message: TEXT });
    expect(form).toMatchObject({
      'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
      'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
    });
    expect(JSON.stringify(form)).not.toContain('SenderID');
  });

  it('names the sender where one is registered', async () => {
    answer = taken;
    await publish({ senderId: 'FIRSTMALL' });
    expect(Object.fromEntries(asked[0]?.form ?? [])).toMatchObject({
      'MessageAttributes.entry.2.Name': 'AWS.SNS.SMS.SenderID',
      'MessageAttributes.entry.2.Value.StringValue': 'FIRSTMALL',
    });
  });

  it.each<[string, Answer, string, string]>([
    ['a bad number', error(400, 'InvalidParameter'), 'refused', 'InvalidParameterException'],
    ['an opted-out number', error(400, 'OptedOut'), 'refused', 'OptedOutException'],
    ['too much haste', error(429, 'Throttled'), 'not-taken', 'ThrottledException'],
    ['haste told as another fault', error(400, 'Throttling'), 'not-taken', 'Throttling'],
    ['a role that may not', error(403, 'AuthorizationError'), 'not-taken', 'AuthorizationErrorException'],
    ['a fault of SNS', error(500, 'InternalError'), 'unknown', 'no-answer'],
    ['an overloaded SNS', error(503, 'ServiceUnavailable'), 'unknown', 'no-answer'],
    ['a cut line', (_, request) => void request.socket.destroy(), 'unknown', 'no-answer'],
    ['an answer nobody understands', (response) => void response.end('<oops'), 'unknown', 'no-answer'],
  ])('that meets %s is made once and no more', async (_, fault, outcome, code) => {
    answer = fault;
    expect(await publish()).toEqual({ outcome, code });
    expect(asked).toHaveLength(1);
  });

  it('that is never answered ends by itself, not knowing', async () => {
    answer = () => undefined;
    expect(await publish({ timeoutMs: 50 })).toEqual({ outcome: 'unknown', code: 'no-answer' });
    expect(asked).toHaveLength(1);
  });

  it('that reaches nobody is certainly not out', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SNS', 'http://127.0.0.1:1');
    expect(await publish()).toEqual({ outcome: 'not-taken', code: 'not-reached' });
  });
});
