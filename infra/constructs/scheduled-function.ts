import { Duration } from 'aws-cdk-lib/core';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { type Construct } from 'constructs';
import { type Foundation } from '../foundation.ts';
import { CrossdockFunction, type FunctionSize } from './crossdock-function.ts';
import { CustomerAlarm, alarmPeriod } from './customer-alarm.ts';

/** When a function runs by itself, and who is hurt when it does not. */
export interface ScheduledFunctionProps extends FunctionSize {
  readonly foundation: Foundation;
  readonly capability: string;
  readonly name: string;
  readonly description: string;
  /** A rate in minutes, or a cron expression in UTC: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
  readonly every: { readonly minutes: number } | { readonly cron: { readonly hour: string; readonly minute: string } };
  readonly errorImpact: string;
}

/** A function that a schedule invokes. It must stand being run twice at once: a schedule may fire twice. */
export class ScheduledFunction extends CrossdockFunction {
  constructor(scope: Construct, props: ScheduledFunctionProps) {
    const { foundation, capability, name, description, every, errorImpact } = props;
    super(scope, name, { ...props, house: foundation, trigger: 'schedules' });
    const schedule = 'minutes' in every ? Schedule.rate(Duration.minutes(every.minutes)) : Schedule.cron(every.cron);
    new Rule(this, 'Schedule', {
      ruleName: foundation.stage.named(capability, name),
      description,
      schedule,
      targets: [new LambdaFunction(this.function, { event: RuleTargetInput.fromObject({}), retryAttempts: 1 })],
    });
    new CustomerAlarm(this, 'ErrorsAlarm', {
      house: foundation,
      topic: foundation.alarms,
      name: `${capability}-${name}`,
      page: 'schedule-failed',
      errorImpact,
      metric: this.function.metric('Errors', { period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
      // What runs every minute may fail once; what runs more rarely is never seen to fail three minutes in a row.
      minutes: 'minutes' in every && every.minutes === 1 ? 3 : 1,
    });
  }
}
