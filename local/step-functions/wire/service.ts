import { AwsError, type AwsService } from '../../aws-service.ts';
import { describeExecution, listExecutions, startExecution, stopExecution } from './executions.ts';
import { getExecutionHistory } from './history.ts';
import { describeStateMachine, listStateMachines } from './machines.ts';
import { type Operation, type Services } from './operation.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './tasks.ts';

const operations = new Map<string, Operation>([
  ['StartExecution', startExecution],
  ['DescribeExecution', describeExecution],
  ['ListExecutions', listExecutions],
  ['StopExecution', stopExecution],
  ['GetExecutionHistory', getExecutionHistory],
  ['SendTaskSuccess', sendTaskSuccess],
  ['SendTaskFailure', sendTaskFailure],
  ['SendTaskHeartbeat', sendTaskHeartbeat],
  ['DescribeStateMachine', describeStateMachine],
  ['ListStateMachines', listStateMachines],
]);

/** The `AWSStepFunctions` target of the twin's endpoint. */
export function createWireService(services: Services): AwsService {
  return {
    target: 'AWSStepFunctions',
    async call(operation, input) {
      const run = operations.get(operation);
      if (run === undefined) throw new AwsError('UnknownOperationException', `AWSStepFunctions has no ${operation}`);
      return run(services, input);
    },
  };
}
