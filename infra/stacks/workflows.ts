import { Stack } from 'aws-cdk-lib/core';
import { type Construct } from 'constructs';
import { Processes } from '../capabilities/processes.ts';
import { type TaskFunction } from '../constructs/task-function.ts';
import { type Foundation } from '../foundation.ts';

/** The processes that cross capabilities, with what starts and wakes them. */
export class WorkflowsStack extends Stack {
  constructor(scope: Construct, foundation: Foundation, tasks: readonly TaskFunction[]) {
    super(scope, 'workflows', {
      stackName: foundation.stage.named('workflows'),
      description: 'Crossdock: the state machines.',
      terminationProtection: foundation.stage.isProduction,
    });
    new Processes(this, foundation, tasks);
  }
}
