import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';

/** `page`: a person is needed at once, at night too. `warn`: in the morning. */
export type Severity = 'page' | 'warn';

/** One topic per severity; mail gets both, the pager only what cannot wait. */
export function alarmTopics(scope: Construct, settings: Settings): Record<Severity, sns.Topic> {
  const topics = {
    page: alarmTopic(scope, 'Page', `epost-parcel ${settings.stage} PAGE`),
    warn: alarmTopic(scope, 'Warn', `epost-parcel ${settings.stage} warn`),
  };
  if (settings.alarmEmail)
    for (const topic of Object.values(topics))
      topic.addSubscription(new EmailSubscription(settings.alarmEmail));
  if (settings.pagerUrl) topics.page.addSubscription(new UrlSubscription(settings.pagerUrl));
  return topics;
}

/** A policy replaces the default one, so what CloudWatch may do has to be said again. */
function alarmTopic(scope: Construct, id: string, displayName: string): sns.Topic {
  const topic = new sns.Topic(scope, id, { displayName, enforceSSL: true });
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return topic;
}
