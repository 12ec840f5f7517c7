import { oneOf, optional, type ReadContext, secure, text, url, whole } from './parts/context.ts';

/** Where delivery status is asked: the contract customers' trace of biz.epost, or the public data.go.kr service. */
export type TrackingSource = 'biz' | 'data-go-kr';

/** Everything an operator may choose, read once from the CDK context (`-c key=value` or cdk.json). */
export interface Settings {
  /** Names the stack and its bus; one stack per stage. */
  readonly stage: string;
  /** Minutes between two drains of the transmission queue; part of the 20-minute promise. */
  readonly drainMinutes: number;
  /** Hours between two tracking rounds (R07). */
  readonly trackingHours: number;
  /** Carrier calls in flight at once, per function. */
  readonly callsInFlight: number;
  /** Seconds before an unknown outcome may be asked about: longer than the drain's timeout plus the carrier's worst. */
  readonly settleSeconds: number;
  /** Deadline of one carrier call, milliseconds. */
  readonly carrierTimeoutMs: number;
  /** Transmission attempts before a shipment is parked for a human. */
  readonly maxAttempts: number;
  /** The promise from 출고완료 to accepted by ePost, minutes (R05, A1). */
  readonly promiseMinutes: number;
  readonly epostShipUrl: string;
  readonly bizTraceUrl: string;
  readonly dataGoKrUrl: string;
  readonly trackingSource: TrackingSource;
  /** Tracking calls a day; 10,000 on a data.go.kr development key (requirements, section 7); 0 = none, as on biz. */
  readonly dailyQuota: number;
  /** `source` of the shop platform's events; nothing else may start a shipment. */
  readonly orderSource: string;
  /** Account of the shop platform, when it is not ours: it may then put order events on the bus and call our door. */
  readonly platformAccount?: string;
  /** The one role of the platform that may call the machine door; without it whoever that account lets. */
  readonly platformRoleArn?: string;
  /** 고객센터, as merchants are told it in messages and answers. */
  readonly supportNumber: string;
  /** Stands in brackets before every text; at most four syllables. */
  readonly smsSenderName: string;
  /** SNS sends no SMS from Seoul: a region of its own. */
  readonly smsRegion: string;
  /** Sender id registered with SNS; empty: SNS chooses. */
  readonly smsSenderId: string;
  /** `on`: nothing goes out between 21:00 and 08:00 KST. */
  readonly smsQuietHours: 'on' | 'off';
  /** Texts sent besides the hold notices, with commas between them (functions/notification/deserving.ts). */
  readonly smsSwitchedOn: string;
  /** Price of one SMS to Korea in millionths of a US dollar, for the figure and the alarm on spend. */
  readonly smsPriceMicroUsd: number;
  /** Spend in a day above which operators are alarmed, US dollars. */
  readonly smsSpendUsdPerDay: number;
  /** Days after its last parcel has ended that an order's recipients are kept (requirements, section 8). */
  readonly retentionDays: number;
  /** Days that the recipient of a shipment that never went out is kept. */
  readonly retentionDaysUnsent: number;
  /** Where operators reach the console, if not at the function's own address; sign-ins come back to it. */
  readonly consoleUrl?: string;
  /** Minutes without a click after which an operator is signed out, and hours after which in any case. */
  readonly consoleIdleMinutes: number;
  readonly consoleSessionHours: number;
  /** Calls of the console at once, at most. */
  readonly consoleConcurrency: number;
  /** The house's own OpenID issuer, in the place of a Cognito user pool; with a client that it knows. */
  readonly oidcIssuer?: string;
  readonly oidcClientId?: string;
  /** Where that issuer ends its session, if its discovery document does not say. */
  readonly oidcLogoutUrl?: string;
  /** Shown in the console's footer. */
  readonly version: string;
  /** `canary`: a new version gets a tenth of the calls for five minutes first. `at-once`: when a mend cannot wait. */
  readonly release: 'canary' | 'at-once';
  /** Where alarms are mailed; without it and `pagerUrl` the alarm topics have no subscriber. */
  readonly alarmEmail?: string;
  /** Where alarms are posted that must not wait for the morning, such as a pager service. */
  readonly pagerUrl?: string;
}

/**
 * The settings of one deployment, from context with defaults.
 * @throws Error naming the context key, what was given and what is allowed.
 */
export function readSettings(read: ReadContext): Settings {
  const drainMinutes = whole(read, 'drainMinutes', 2, 1, 14);
  const carrierTimeoutMs = whole(read, 'carrierTimeoutMs', 10_000, 100, 60_000);
  // Asked earlier, ePost may not know yet of a booking that an ended drain still has under way there.
  const leastSettle = drainTimeoutSeconds({ drainMinutes }) + Math.ceil(carrierTimeoutMs / 1000);
  const source = oneOf<TrackingSource>(read, 'trackingSource', 'biz', ['biz', 'data-go-kr']);
  return {
    stage: text(
      read,
      'stage',
      'dev',
      /^[a-z][a-z0-9-]{0,19}$/,
      'lower-case letters, digits and "-", at most 20',
    ),
    drainMinutes,
    trackingHours: whole(read, 'trackingHours', 3, 1, 12),
    callsInFlight: whole(read, 'callsInFlight', 20, 1, 200),
    settleSeconds: whole(read, 'settleSeconds', Math.max(210, leastSettle), leastSettle, 3_600),
    carrierTimeoutMs,
    maxAttempts: whole(read, 'maxAttempts', 5, 1, 50),
    promiseMinutes: whole(read, 'promiseMinutes', 20, drainMinutes, 1_440),
    epostShipUrl: url(read, 'epostShipUrl', 'https://ship.epost.go.kr'),
    bizTraceUrl: url(read, 'bizTraceUrl', 'https://biz.epost.go.kr'),
    dataGoKrUrl: url(read, 'dataGoKrUrl', 'http://openapi.epost.go.kr', secureOrPlainTrace),
    trackingSource: source,
    dailyQuota: whole(read, 'dailyQuota', source === 'biz' ? 0 : 10_000, 0, 100_000_000),
    orderSource: text(
      read,
      'orderSource',
      'shop.platform',
      /^(?!aws\.)[\w.-]{1,100}$/,
      'an EventBridge source',
    ),
    ...optional(read, 'platformAccount', /^\d{12}$/, 'a 12-digit AWS account id'),
    ...optional(
      read,
      'platformRoleArn',
      /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
      'the ARN of an IAM role',
    ),
    supportNumber: text(read, 'supportNumber', '1544-3270', /^\d[\d-]{6,11}\d$/, 'a telephone number'),
    ...smsSettings(read),
    ...consoleSettings(read),
    retentionDays: whole(read, 'retentionDays', 90, 1, 3_650),
    retentionDaysUnsent: whole(read, 'retentionDaysUnsent', 30, 1, 3_650),
    release: oneOf(read, 'release', 'canary', ['canary', 'at-once']),
    ...optional(read, 'alarmEmail', /^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address'),
    ...optional(read, 'pagerUrl', /^https:\/\/\S+$/, 'an https address'),
  };
}

function smsSettings(read: ReadContext) {
  return {
    smsSenderName: text(
      read,
      'smsSenderName',
      '퍼스트몰',
      /^[가-힣A-Za-z0-9]{1,8}$/,
      'a name of at most 8 letters',
    ),
    smsRegion: text(read, 'smsRegion', 'ap-northeast-1', /^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region'),
    smsSenderId: text(
      read,
      'smsSenderId',
      '',
      /^((?=.*[A-Za-z])[A-Za-z0-9]{3,11})?$/,
      '3 to 11 letters and digits',
    ),
    smsSwitchedOn: text(
      read,
      'smsSwitchedOn',
      '',
      /^([a-z]+(,[a-z]+)*)?$/,
      'keys of texts with commas between them',
    ),
    smsQuietHours: oneOf(read, 'smsQuietHours', 'on', ['on', 'off']),
    // About 3 cents; the price list of SNS for Korea is the word that counts.
    smsPriceMicroUsd: whole(read, 'smsPriceMicroUsd', 30_000, 0, 10_000_000),
    smsSpendUsdPerDay: whole(read, 'smsSpendUsdPerDay', 10, 1, 100_000),
  };
}

function consoleSettings(read: ReadContext) {
  const issuer = optional(read, 'oidcIssuer', secure, 'an https address');
  if (issuer.oidcIssuer !== undefined && !read('oidcClientId'))
    throw new Error('context "oidcClientId" must be set together with "oidcIssuer"');
  return {
    // An origin: sign-ins and forms compare it as a whole.
    ...optional(
      read,
      'consoleUrl',
      /^(https:\/\/[^\s/?#]+|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)$/,
      'an https address without a path',
    ),
    consoleIdleMinutes: whole(read, 'consoleIdleMinutes', 30, 5, 480),
    consoleSessionHours: whole(read, 'consoleSessionHours', 9, 1, 24),
    consoleConcurrency: whole(read, 'consoleConcurrency', 10, 1, 1_000),
    ...issuer,
    ...optional(read, 'oidcClientId', /^\S{1,200}$/, 'the id of a client'),
    ...optional(read, 'oidcLogoutUrl', secure, 'an https address'),
    version: text(read, 'version', '', /^[\w.+-]{0,40}$/, 'a version'),
  };
}

/** Seconds a drain may run: it must end before the next one starts. */
export function drainTimeoutSeconds(settings: Pick<Settings, 'drainMinutes'>): number {
  return settings.drainMinutes * 60 - 10;
}

/** The host of data.go.kr's tracking refuses https; a waybill number and our key travel there, and no recipient. */
const secureOrPlainTrace =
  /^(https:\/\/|http:\/\/((127\.0\.0\.1|localhost)[:/]|openapi\.epost\.go\.kr(\/|$)))\S*$/;
