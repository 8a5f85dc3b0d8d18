import { Duration } from 'aws-cdk-lib/core';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { type TableName } from '../../shared/model/entities.ts';
import { type Foundation } from '../foundation.ts';
import { acknowledge } from './acknowledge.ts';
import { CrossdockFunction, type FunctionSize } from './crossdock-function.ts';
import { alarmPeriod, CustomerAlarm } from './customer-alarm.ts';

/** Which changes of a table a function takes, and who is hurt when it stands still. */
export interface StreamConsumerProps extends FunctionSize {
  readonly foundation: Foundation;
  readonly capability: string;
  readonly name: string;
  readonly description: string;
  readonly table: TableName;
  /** Lambda's filters on the new image, in DynamoDB's own form; one of them is enough. What they leave out costs nothing. */
  readonly newImages: readonly Readonly<Record<string, unknown>>[];
  /** The same on the old image: for what is to be told because it is so no more. */
  readonly oldImages?: readonly Readonly<Record<string, unknown>>[];
  readonly errorImpact: string;
}

/** A record is tried this often, up to a minute apart: an outage of an hour sets nothing aside, a poisoned record does not block longer. */
const retryAttempts = 60;
const batchSize = 100;
const oldestMilliseconds = 5 * 60 * 1000;

/**
 * A function on a table's stream, in order for each item. A batch that fails is halved until the record at fault stands alone; once that
 * has failed for long, its place in the stream goes to a queue that alarms.
 */
export class StreamConsumer extends CrossdockFunction {
  constructor(scope: Construct, props: StreamConsumerProps) {
    const { foundation, name, table, newImages, oldImages = [] } = props;
    const images = [...newImages.map((NewImage) => ({ NewImage })), ...oldImages.map((OldImage) => ({ OldImage }))];
    super(scope, name, { ...props, house: foundation, trigger: 'streams' });
    const { streamArn } = foundation.tables[table];
    const setAside = this.setAside(props);
    this.may(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      [streamArn],
    );
    this.may(['sqs:SendMessage'], [setAside.queueArn]);
    new EventSourceMapping(this, 'Changes', {
      target: this.function,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize,
      filters: images.map((dynamodb) => FilterCriteria.filter({ eventName: ['INSERT', 'MODIFY'], dynamodb })),
      bisectBatchOnError: true,
      retryAttempts,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: setAside.queueArn }) },
    });
    this.addAlarms(props, setAside);
  }

  private setAside({ foundation, capability, name }: StreamConsumerProps): Queue {
    const queue = new Queue(this, 'SetAside', {
      queueName: foundation.stage.named(capability, name, 'dead'),
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
    });
    acknowledge(queue, {
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the dead-letter queue of a stream, which CloudFormation does not show.',
    });
    return queue;
  }

  private addAlarms({ foundation, capability, name, errorImpact }: StreamConsumerProps, setAside: Queue): void {
    const about = { house: foundation, topic: foundation.alarms, name: `${capability}-${name}`, errorImpact };
    new CustomerAlarm(this, 'DeadLettersAlarm', {
      ...about,
      page: 'stream-dead-letters',
      metric: setAside.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: 1,
    });
    new CustomerAlarm(this, 'AgeAlarm', {
      ...about,
      page: 'stream-age',
      metric: this.function.metric('IteratorAge', { period: alarmPeriod, statistic: 'Maximum' }),
      threshold: oldestMilliseconds,
      minutes: 5,
    });
  }
}

/** A function that publishes what a table's items carry as events: the only way onto the bus for what was committed. */
export class StreamPublisher extends StreamConsumer {
  constructor(scope: Construct, props: StreamConsumerProps) {
    super(scope, props);
    this.publishesTo(props.foundation.bus);
  }
}
