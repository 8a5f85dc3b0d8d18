import { Duration } from 'aws-cdk-lib/core';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import { type House } from '../house.ts';

/** The pages of `docs/operations/`, one for each kind of alarm: what it means, what to look at, how to mend it. */
export type OperationsPage =
  | 'api-errors'
  | 'audit-finding'
  | 'authorizer-errors'
  | 'channel-down'
  | 'dead-letters'
  | 'oversell-window'
  | 'process-failed'
  | 'quarantine-age'
  | 'queue-age'
  | 'schedule-failed'
  | 'stock-drift'
  | 'stream-age'
  | 'stream-dead-letters';

/** What an alarm needs to be worth waking someone. */
export interface CustomerAlarmProps {
  readonly house: House;
  readonly topic: ITopic;
  /** Kebab-case, unique within the stage. */
  readonly name: string;
  readonly page: OperationsPage;
  /** Who is hurt and how, in one sentence: an alarm that hurts nobody is none. */
  readonly errorImpact: string;
  readonly metric: IMetric;
  /** It alarms at this value and above. */
  readonly threshold: number;
  /** Minutes in a row. */
  readonly minutes?: number;
}

/** The period of every alarm's metric. */
export const alarmPeriod = Duration.minutes(1);

/** An alarm that says who is hurt and where the way out is written. */
export class CustomerAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: CustomerAlarmProps) {
    const { house, topic, name, page, errorImpact, metric, threshold, minutes = 1 } = props;
    super(scope, id, {
      alarmName: house.stage.named(name, page),
      alarmDescription: `${errorImpact} What to do: docs/operations/${page}.md`,
      metric,
      threshold,
      evaluationPeriods: minutes,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const tell: IAlarmAction = { bind: () => ({ alarmActionArn: topic.topicArn }) };
    this.addAlarmAction(tell);
    this.addOkAction(tell);
  }
}
