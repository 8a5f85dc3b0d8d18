import {
  ExecutionAlreadyExists,
  SFNClient,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { fromEnvironment } from '../../../shared/platform/config.ts';
import { type ProcessPorts } from '../ports.ts';

const client = new SFNClient({ maxAttempts: 5 });

/** The processes on Step Functions. */
export const awsPorts: ProcessPorts = {
  start: (name, input) =>
    unless(ExecutionAlreadyExists, () =>
      client.send(
        new StartExecutionCommand({
          stateMachineArn: fromEnvironment('STATE_MACHINE_ARN'),
          name,
          input: JSON.stringify(input),
        }),
      ),
    ),
  succeed: (taskToken, output) =>
    unlessOver(() => client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
  fail: (taskToken, error, cause) =>
    unlessOver(() => client.send(new SendTaskFailureCommand({ taskToken, error, cause }))),
  heartbeat: (taskToken) => unlessOver(() => client.send(new SendTaskHeartbeatCommand({ taskToken }))),
};

/** A wait that is over already was answered by an earlier delivery of the same change, or has timed out: nothing is left to do. */
const unlessOver = (call: () => Promise<unknown>): Promise<void> =>
  unless(TaskTimedOut, () => unless(TaskDoesNotExist, call));

async function unless(expected: new (...args: never[]) => Error, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
  }
}
