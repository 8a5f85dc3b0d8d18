import { type Construct } from 'constructs';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { queueVariable } from '../../shared/platform/config.ts';
import { type Foundation } from '../foundation.ts';
import { ConsumerQueue } from './consumer-queue.ts';
import { CrossdockFunction, type FunctionSize } from './crossdock-function.ts';

/** A queue of our own, what works it off, and who is hurt when that stands still. */
export interface OwnQueueProps extends FunctionSize {
  readonly foundation: Foundation;
  readonly capability: string;
  readonly name: string;
  readonly description: string;
  readonly errorImpact: string;
}

/** Times a function's timeout, as AWS advises: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const visibilityFactor = 6;
/** Messages worked off at once, at most: who works one off may wait for others most of its time, and keeps nobody else waiting. */
const mostAtOnce = 300;

/** A function on a queue that our own functions send to, one message at a time: encrypted, with dead letters and alarms. */
export class OwnQueue extends CrossdockFunction {
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly variable: string;

  constructor(scope: Construct, props: OwnQueueProps) {
    const { foundation, name, timeoutSeconds = 10 } = props;
    super(scope, name, { ...props, house: foundation, trigger: 'queues', timeoutSeconds });
    const { queue } = new ConsumerQueue(this, 'Inbound', {
      ...props,
      visibilitySeconds: timeoutSeconds * visibilityFactor,
      sender: 'ourselves',
    });
    this.queueArn = queue.queueArn;
    this.queueUrl = queue.queueUrl;
    this.variable = queueVariable(name);
    this.may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn]);
    new EventSourceMapping(this, 'Messages', {
      target: this.function,
      eventSourceArn: queue.queueArn,
      batchSize: 1,
      maxConcurrency: mostAtOnce,
      reportBatchItemFailures: true,
    });
  }
}
