import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { SendSmsEnvironment } from '../functions/notification/send-sms.environment.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { KeptTable, key } from './parts/kept-table.ts';
import type { Loan } from './parts/loan.ts';
import { callEvery } from './parts/scheduled.ts';
import type { Settings } from './settings.ts';

export interface NotificationProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
}

/** 문자: what merchants are told by SMS, written by the decision and sent once. */
export class Notification extends Construct {
  readonly messages: KeptTable<'MESSAGES_TABLE'>;
  readonly sendSms: HouseFunction<keyof SendSmsEnvironment>;

  constructor(scope: Construct, id: string, { settings, codeOf }: NotificationProps) {
    super(scope, id);
    this.messages = new KeptTable(this, 'Messages', 'MESSAGES_TABLE', {
      partitionKey: key('messageId'),
      timeToLiveAttribute: 'expiresAt',
      globalSecondaryIndexes: [
        {
          indexName: 'due',
          partitionKey: key('state'),
          sortKey: key('sendAt', 'N'),
          projectionType: dynamodb.ProjectionType.ALL,
        },
      ],
    });
    this.sendSms = houseFunction(this, 'SendSms', {
      entry: 'send-sms',
      codeOf,
      purpose: '문자: sends the messages that are due, each at most once',
      errorImpact: 'Shops: merchants are not told of decisions on their applications.',
      runbook: 'sms-late',
      timeout: Duration.seconds(55),
      heartbeat: Duration.minutes(5),
      fillsItsTime: true,
      borrows: [this.forSending(), mobilesOnly(this, settings)],
      settings: {
        SMS_SENDER_ID: settings.smsSenderId,
        SMS_QUIET_HOURS: settings.smsQuietHours,
        SMS_PRICE_MICRO_USD: String(settings.smsPriceMicroUsd),
      },
    });
    callEvery(this, 'SendSchedule', Duration.minutes(1), this.sendSms);
  }

  /** May also list messages and have one sent again. */
  forLookingAfter(): Loan<'MESSAGES_TABLE'> {
    return this.messages.lendFor(['GetItem', 'PutItem', 'UpdateItem'], ['due']);
  }

  private forSending(): Loan<'MESSAGES_TABLE'> {
    return this.messages.lendFor(['UpdateItem'], ['due']);
  }

  /** May order a message, in the decision's own transaction. */
  forOrdering(): Loan<'MESSAGES_TABLE'> {
    return this.messages.lendFor(['PutItem']);
  }
}

/** A telephone number is no resource of AWS, so what may be published to is everything but topics. */
function mobilesOnly(scope: Construct, { smsRegion }: Settings): Loan<'SMS_REGION'> {
  const anyTopic = Stack.of(scope).formatArn({
    service: 'sns',
    region: '*',
    account: '*',
    resource: '*',
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
  const actions = ['sns:Publish'];
  return {
    variables: { SMS_REGION: smsRegion },
    statements: [
      new iam.PolicyStatement({ actions, resources: ['*'] }),
      new iam.PolicyStatement({ actions, resources: [anyTopic], effect: iam.Effect.DENY }),
    ],
  };
}
