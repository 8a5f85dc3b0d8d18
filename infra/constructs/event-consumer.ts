import { Duration } from 'aws-cdk-lib/core';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type EventContract } from '../../shared/contracts/define-event.ts';
import { type Foundation } from '../foundation.ts';
import { ConsumerQueue } from './consumer-queue.ts';
import { CrossdockFunction, type FunctionSize } from './crossdock-function.ts';

/** Which events a consumer takes, how many at once, and who is hurt when it stands still. */
export interface EventConsumerProps extends FunctionSize {
  readonly foundation: Foundation;
  readonly capability: string;
  readonly name: string;
  readonly description: string;
  readonly contracts: readonly EventContract[];
  /** Takes only events whose `data` matches this EventBridge pattern. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errorImpact: string;
  readonly batchSize?: number;
  /** Waits this long for a batch to fill: more coalescing, less cost, later. */
  readonly batchingWindowSeconds?: number;
}

/** Times a function's timeout, as AWS advises: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const visibilityFactor = 6;
/** But no longer than this beyond it: what has failed after minutes (a snapshot of 15) must not wait for hours until it goes on. */
const mostSlackSeconds = 300;

/** A function that consumes events: one rule for each contract, a queue with dead letters and alarms, and only what failed comes again. */
export class EventConsumer extends CrossdockFunction {
  constructor(scope: Construct, props: EventConsumerProps) {
    const { foundation, name, timeoutSeconds = 10, batchSize = 10, batchingWindowSeconds = 0 } = props;
    super(scope, name, { ...props, house: foundation, trigger: 'events', timeoutSeconds });
    const slackSeconds = Math.min(timeoutSeconds * (visibilityFactor - 1), mostSlackSeconds);
    const visibilitySeconds = timeoutSeconds + slackSeconds + batchingWindowSeconds;
    const inbound = new ConsumerQueue(this, 'Inbound', { ...props, visibilitySeconds });
    for (const contract of props.contracts) inbound.subscribe(foundation.bus, contract, props.data);
    const { queueArn } = inbound.queue;
    this.may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queueArn]);
    new EventSourceMapping(this, 'Messages', {
      target: this.function,
      eventSourceArn: queueArn,
      batchSize,
      ...(batchingWindowSeconds > 0 && { maxBatchingWindow: Duration.seconds(batchingWindowSeconds) }),
      reportBatchItemFailures: true,
    });
  }
}
