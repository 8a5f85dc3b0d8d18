import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type Foundation } from '../foundation.ts';
import { acknowledge } from './acknowledge.ts';
import { alarmPeriod, CustomerAlarm } from './customer-alarm.ts';
import { type TaskFunction } from './task-function.ts';

/** Which process, which functions may stand behind its tasks, and who is hurt when one of its executions fails. */
export interface WorkflowProps {
  readonly foundation: Foundation;
  readonly tasks: readonly TaskFunction[];
  readonly errorImpact: string;
}

const folder = path.join(import.meta.dirname, '../../state-machines');

/** The names in a definition that stand for task functions: `${routeOrder}`. */
export const placeholdersOf = (definition: string): string[] => [
  ...new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name)),
];

/**
 * A Standard state machine from `state-machines/<name>/<name>.asl.json`. Each placeholder is filled with the task function of that name,
 * and the process may invoke these and no others.
 * @throws Error when a placeholder names no task
 */
export class Workflow extends Construct {
  readonly arn: string;
  private readonly machine: StateMachine;

  constructor(scope: Construct, name: string, { foundation, tasks, errorImpact }: WorkflowProps) {
    super(scope, name);
    const file = path.join(folder, name, `${name}.asl.json`);
    const arns = functionArns(placeholdersOf(readFileSync(file, 'utf8')), tasks, file);
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: foundation.stage.named(name),
      definitionBody: DefinitionBody.fromFile(file),
      definitionSubstitutions: arns,
      tracingEnabled: true,
      logs: { destination: this.log(foundation, name), level: LogLevel.ERROR, includeExecutionData: false },
    });
    this.machine.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: Object.values(arns) }),
    );
    this.arn = this.machine.stateMachineArn;
    this.addAlarm(foundation, name, errorImpact);
    acknowledge(
      this.machine,
      {
        id: 'AwsSolutions-SF1',
        reason:
          'Errors are logged; Step Functions itself keeps the history of every execution for 90 days, and logging each step would cost more than the steps.',
      },
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'X-Ray segments and the delivery of logs can only be granted on *: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
      },
    );
  }

  /** The name keeps CloudWatch from writing each group into the account's one resource policy, which is short. */
  private log({ stage }: Foundation, name: string): LogGroup {
    return new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${stage.named(name)}`,
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
  }

  private addAlarm(foundation: Foundation, name: string, errorImpact: string): void {
    new CustomerAlarm(this, 'FailedAlarm', {
      house: foundation,
      topic: foundation.alarms,
      name: `process-${name}`,
      page: 'process-failed',
      errorImpact,
      metric: this.machine.metricFailed({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
    });
  }
}

function functionArns(names: readonly string[], tasks: readonly TaskFunction[], file: string): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const task = tasks.find(({ contract }) => contract.name === name);
      if (task === undefined) throw new Error(`${file}: no task contract is named ${name}`);
      return [name, task.function.functionArn];
    }),
  );
}
