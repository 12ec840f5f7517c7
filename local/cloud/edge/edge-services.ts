import { randomUUID } from 'node:crypto';
import type { EventBuses, PutEventsEntry } from '../events/event-bus.ts';
import { jsonAnswer, jsonRefusal } from './answers.ts';
import type { EdgeAnswer } from './answers.ts';
import type { Kms } from './kms.ts';

/** A text message handed to SNS for a phone; `at` is virtual time, epoch milliseconds. */
export interface SmsMessage {
  id: string;
  to: string;
  text: string;
  at: number;
}

/** The small services that need no engine of their own. */
export interface EdgeServices {
  buses: EventBuses;
  /** Secret values by ARN and by name. */
  secrets: Map<string, { arn: string; name: string; value: string }>;
  /** Parameter values by name. */
  parameters: Map<string, { type: string; value: string }>;
  kms: Kms;
  sms: SmsMessage[];
  now: () => number;
}

const PUT_EVENTS_ENTRIES = 10;
/** What the operations of KMS are called on the wire. */
export const KMS = 'TrentService.';

/** Answers a request of the JSON protocol, or null where it belongs to an engine. */
export async function answerJson(
  target: string,
  body: Record<string, unknown>,
  services: EdgeServices,
): Promise<EdgeAnswer | null> {
  if (target.startsWith(KMS)) return services.kms.answer(target.slice(KMS.length), body);
  switch (target) {
    case 'AWSEvents.PutEvents':
      return putEvents((body.Entries ?? []) as PutEventsEntry[], services.buses);
    case 'secretsmanager.GetSecretValue':
      return getSecretValue(String(body.SecretId), services);
    case 'AmazonSSM.GetParameter':
      return getParameter(String(body.Name), services);
    default:
      return null;
  }
}

async function putEvents(entries: PutEventsEntry[], buses: EventBuses): Promise<EdgeAnswer> {
  if (entries.length === 0 || entries.length > PUT_EVENTS_ENTRIES) {
    const message = `Entries must hold 1 to ${PUT_EVENTS_ENTRIES} members, not ${entries.length}.`;
    return jsonRefusal('ValidationException', message);
  }
  const Entries = await Promise.all(entries.map((entry) => buses.put(entry)));
  const FailedEntryCount = Entries.filter((entry) => 'ErrorCode' in entry).length;
  return jsonAnswer({ FailedEntryCount, Entries });
}

function getSecretValue(id: string, { secrets, now }: EdgeServices): EdgeAnswer {
  const secret = secrets.get(id);
  if (!secret) {
    const message = `Secrets Manager can't find the specified secret value for ${id}.`;
    return jsonRefusal('ResourceNotFoundException', message);
  }
  return jsonAnswer({
    ARN: secret.arn,
    Name: secret.name,
    SecretString: secret.value,
    VersionId: randomUUID(),
    VersionStages: ['AWSCURRENT'],
    CreatedDate: Math.floor(now() / 1000),
  });
}

function getParameter(name: string, { parameters }: EdgeServices): EdgeAnswer {
  const found = parameters.get(name);
  if (!found) return jsonRefusal('ParameterNotFound', `Parameter ${name} not found.`);
  return jsonAnswer({ Parameter: { Name: name, Type: found.type, Value: found.value, Version: 1 } });
}

/** Answers a request of the query protocol: SNS Publish to a phone. */
export function answerQuery(form: URLSearchParams, services: EdgeServices): EdgeAnswer {
  const action = form.get('Action') ?? '';
  const to = form.get('PhoneNumber');
  if (action !== 'Publish' || to === null) {
    const error = `<Error><Code>InvalidAction</Code><Message>${action} is not emulated here</Message></Error>`;
    return { status: 400, type: 'text/xml', body: `<ErrorResponse>${error}</ErrorResponse>` };
  }
  const id = randomUUID();
  services.sms.push({ id, to, text: form.get('Message') ?? '', at: services.now() });
  const result = `<PublishResult><MessageId>${id}</MessageId></PublishResult>`;
  const metadata = `<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata>`;
  const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
  const body = `<PublishResponse xmlns="${namespace}">${result}${metadata}</PublishResponse>`;
  return { status: 200, type: 'text/xml', body };
}
