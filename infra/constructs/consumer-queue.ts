import { Duration, Lazy } from 'aws-cdk-lib/core';
import { type IEventBus, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type EventContract } from '../../shared/contracts/define-event.ts';
import { type Foundation } from '../foundation.ts';
import { alarmPeriod, CustomerAlarm } from './customer-alarm.ts';

/** How a queue keeps its messages and who is hurt when it does not get rid of them. */
export interface ConsumerQueueProps {
  readonly foundation: Foundation;
  readonly capability: string;
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly errorImpact: string;
  /** Who sends here in the place of the bus: the AWS account of a partner, or functions of ours, by their own rights. */
  readonly sender?: string;
}

/** Takings before a message is set aside: with a minute or more between them, a short outage does not set anything aside. */
const receives = 10;
const oldestSeconds = 600;

/**
 * The queue before a consumer, with its dead letters: what a consumer fails on for long, and what the bus could not deliver. Both are
 * the same envelope, so a redrive brings back either.
 */
export class ConsumerQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly ruleArns: string[] = [];

  constructor(
    scope: Construct,
    id: string,
    { foundation, capability, name, visibilitySeconds, errorImpact, sender }: ConsumerQueueProps,
  ) {
    super(scope, id);
    const { stage } = foundation;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: stage.named(capability, name, 'dead'),
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: stage.named(capability, name),
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      retentionPeriod: Duration.days(7),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receives },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    if (sender === undefined) for (const queue of [this.queue, this.deadLetters]) this.letTheBusSend(queue);
    else if (sender !== 'ourselves') this.letPartnerSend(sender);
    this.addAlarms({ foundation, name: `${capability}-${name}`, errorImpact });
  }

  /** Brings the events of a contract here: its own pattern, and only occurrences whose `data` matches, if `data` is given. */
  subscribe(bus: IEventBus, { type, pattern, fires }: EventContract, data?: Readonly<Record<string, unknown>>): void {
    const rule = new Rule(this, type.replace('.', ''), {
      eventBus: bus,
      description: fires,
      eventPattern: { source: pattern.source, detailType: pattern['detail-type'], ...(data && { detail: { data } }) },
      targets: [this.target()],
    });
    this.ruleArns.push(rule.ruleArn);
  }

  private target(): IRuleTarget {
    return { bind: () => ({ arn: this.queue.queueArn, deadLetterConfig: { arn: this.deadLetters.queueArn } }) };
  }

  /** One statement for all rules, filled until synthesis: CDK's own target adds one each, and a queue's policy has room for few. */
  private letTheBusSend(queue: Queue): void {
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': Lazy.any({ produce: () => this.ruleArns }) } },
      }),
    );
  }

  /** A partner finds the queue, by its attributes, and sends to it; its dead letters are ours alone. */
  private letPartnerSend(account: string): void {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AccountPrincipal(account)],
        actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
        resources: [this.queue.queueArn],
      }),
    );
  }

  private addAlarms({
    foundation,
    name,
    errorImpact,
  }: {
    foundation: Foundation;
    name: string;
    errorImpact: string;
  }): void {
    const about = { house: foundation, topic: foundation.alarms, name, errorImpact };
    new CustomerAlarm(this, 'DeadLettersAlarm', {
      ...about,
      page: 'dead-letters',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: 1,
    });
    new CustomerAlarm(this, 'AgeAlarm', {
      ...about,
      page: 'queue-age',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: oldestSeconds,
      minutes: 5,
    });
  }
}
