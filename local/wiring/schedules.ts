import { type JsonObject } from '../aws-service.ts';
import { type ScheduleDefinition } from '../scheduler/schedule-definition.ts';
import { createScheduler, type Scheduler } from '../scheduler/scheduler.ts';
import { type DeployedResource } from '../template/cloudformation.ts';
import { asObject, asString, isObject, numberOr } from '../template/json.ts';
import { type Foundation, ofType } from './foundation.ts';
import { type Messaging } from './messaging.ts';
import { ruleTargetsOf } from './rules.ts';
import { type Shutdown } from './shutdown.ts';

/** Starts scheduled rules and schedules; what was missed while the twin was down runs once, now. */
export function startSchedules(
  { db, resources, account }: Foundation,
  { deliver }: Messaging,
  shutdown: Shutdown,
): Scheduler {
  const scheduler = createScheduler({
    db,
    accountId: account.accountId,
    region: account.region,
    fire: (arn, payload) => deliver(arn, payload, { id: 'schedule', arn }),
  });
  shutdown.add(scheduler, (open) => open.close());
  const rules = ofType(resources, 'AWS::Events::Rule').filter(({ properties }) => 'ScheduleExpression' in properties);
  for (const rule of rules) for (const schedule of schedulesOfRule(rule)) scheduler.define(schedule);
  for (const schedule of ofType(resources, 'AWS::Scheduler::Schedule')) scheduler.define(scheduleOf(schedule));
  return scheduler;
}

/** A schedule for each target of a rule with a `ScheduleExpression`. */
export function schedulesOfRule(rule: DeployedResource): ScheduleDefinition[] {
  const { name, arn: ruleArn, properties, logicalId } = rule;
  const expression = asString(properties['ScheduleExpression'], `${logicalId}.ScheduleExpression`);
  return ruleTargetsOf(rule).map((target) => {
    if (target.inputTransformer ?? target.inputPath) {
      throw new Error(`${logicalId}: a scheduled rule may only have a constant input in the twin`);
    }
    return {
      name: `${name}/${target.id}`,
      expression,
      targetArn: target.arn,
      state: stateOf(properties),
      ruleArn,
      ...(target.input === undefined ? {} : { input: target.input }),
      ...(target.deadLetterArn === undefined ? {} : { deadLetterArn: target.deadLetterArn }),
      ...target.retryPolicy,
    };
  });
}

/** An `AWS::Scheduler::Schedule`. */
export function scheduleOf({ name, properties, logicalId }: DeployedResource): ScheduleDefinition {
  const target = asObject(properties['Target'], `${logicalId}.Target`);
  const { Input: input, DeadLetterConfig: deadLetter, RetryPolicy: retry } = target;
  const timezone = properties['ScheduleExpressionTimezone'];
  return {
    name,
    expression: asString(properties['ScheduleExpression'], `${logicalId}.ScheduleExpression`),
    targetArn: asString(target['Arn'], `${logicalId}.Target.Arn`),
    state: stateOf(properties),
    ...(typeof timezone === 'string' ? { timezone } : {}),
    ...(typeof input === 'string' ? { input } : {}),
    ...(isObject(deadLetter) ? { deadLetterArn: asString(deadLetter['Arn'], `${logicalId}.DeadLetterConfig`) } : {}),
    ...(isObject(retry) ? retryOf(retry) : {}),
  };
}

function retryOf(retry: JsonObject): Pick<ScheduleDefinition, 'maximumRetryAttempts' | 'maximumEventAgeSeconds'> {
  return {
    maximumRetryAttempts: numberOr(retry['MaximumRetryAttempts'], 185, 'MaximumRetryAttempts'),
    maximumEventAgeSeconds: numberOr(retry['MaximumEventAgeInSeconds'], 86_400, 'MaximumEventAgeInSeconds'),
  };
}

function stateOf(properties: JsonObject): 'ENABLED' | 'DISABLED' {
  return properties['State'] === 'DISABLED' ? 'DISABLED' : 'ENABLED';
}
