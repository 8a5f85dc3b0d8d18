import { CfnOutput } from 'aws-cdk-lib/core';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type Foundation } from '../foundation.ts';
import { ConsumerQueue } from './consumer-queue.ts';
import { CrossdockFunction, type FunctionSize } from './crossdock-function.ts';

/** A partner's queue, what takes its messages, and who is hurt when that stands still. */
export interface QueueConsumerProps extends FunctionSize {
  readonly foundation: Foundation;
  readonly capability: string;
  readonly name: string;
  readonly description: string;
  /** The AWS account that may send to the queue. */
  readonly sender: string;
  /** What whoever sets the partner up is told of the queue's ARN. */
  readonly tell: string;
  readonly errorImpact: string;
}

/** Times a function's timeout, as AWS advises: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const visibilityFactor = 6;
const batchSize = 10;

/** A function that takes what a partner sends to a queue of its own: encrypted, with dead letters and alarms, and only what failed comes again. */
export class QueueConsumer extends CrossdockFunction {
  constructor(scope: Construct, props: QueueConsumerProps) {
    const { foundation, name, tell, timeoutSeconds = 10 } = props;
    super(scope, name, { ...props, house: foundation, trigger: 'queues', timeoutSeconds });
    const { queue } = new ConsumerQueue(this, 'Inbound', {
      ...props,
      visibilitySeconds: timeoutSeconds * visibilityFactor,
    });
    this.may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn]);
    new EventSourceMapping(this, 'Messages', {
      target: this.function,
      eventSourceArn: queue.queueArn,
      batchSize,
      reportBatchItemFailures: true,
    });
    new CfnOutput(this, 'QueueArn', { value: queue.queueArn, description: tell });
  }
}
