import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError, type Json, type JsonObject } from '../../aws-service.ts';
import { callWithin } from '../call-within.ts';
import { type TaskState } from '../definition.ts';
import { type ExecutionRow } from '../execution-row.ts';
import { saveFrame, type Frame } from '../frame.ts';
import { StateError } from '../state-error.ts';
import { recordTask, recordTaskStart } from '../task-history.ts';

const childArguments = z.strictObject({
  StateMachineArn: z.string(),
  Input: z.json().default({}),
  Name: z.string().optional(),
});

const seconds = (ms: number): number => ms / 1000;

/** What `.sync:2` gives: the execution as Describe shows it, with input and output as JSON. */
function childResult(row: ExecutionRow): JsonObject {
  return {
    ExecutionArn: row.arn,
    StateMachineArn: row.machine,
    Name: row.name,
    Status: row.status,
    StartDate: seconds(row.started),
    StopDate: row.stopped === null ? undefined : seconds(row.stopped),
    Input: z.json().parse(JSON.parse(row.input)),
    InputDetails: { Included: true },
    Output: row.output === null ? undefined : z.json().parse(JSON.parse(row.output)),
    OutputDetails: { Included: true },
    Error: row.error ?? undefined,
    Cause: row.cause ?? undefined,
  };
}

function parseChild(input: Json): z.output<typeof childArguments> {
  const parsed = childArguments.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new StateError('States.Runtime', `The Arguments do not fit startExecution: ${z.prettifyError(parsed.error)}`);
}

/** Waits for the child's end. Like AWS it stops the child when the task gives up on it; a shutdown does not. */
async function awaitChild(frame: Frame, arn: string): Promise<Json> {
  const { children } = frame.runtime;
  const { scope, detach } = frame.scope.child();
  try {
    const row = await callWithin(frame, frame.cursor.deadlineMs, () => children.ended(arn, scope));
    if (row.status === 'SUCCEEDED') return childResult(row);
    throw new StateError('States.TaskFailed', JSON.stringify(childResult(row)));
  } catch (error) {
    if (!frame.runtime.closing) await children.abort(arn);
    throw error;
  } finally {
    detach();
    scope.cancel();
  }
}

const startError = (error: unknown): unknown =>
  error instanceof AwsError
    ? new StateError(`StepFunctions.${error.code}Exception`, error.message, { cause: error })
    : error;

/** Starts another execution, once: its name is on disk before it begins. With `sync` the task lasts as long as it. */
export async function runChildExecution(
  frame: Frame,
  state: TaskState,
  { sync }: { sync: boolean },
  input: Json,
): Promise<Json> {
  const { runtime, cursor } = frame;
  const { StateMachineArn: machineArn, Input, Name } = parseChild(input);
  const again = cursor.child !== undefined;
  if (!again) recordTaskStart(frame, state, input);
  const name = (cursor.child ??= Name ?? randomUUID());
  saveFrame(frame);
  await runtime.store.flushed();
  const child = await runtime.children.begin({ machineArn, input: Input, name, again }).catch((error: unknown) => {
    throw startError(error);
  });
  if (!sync) return { ExecutionArn: child.arn, StartDate: seconds(child.startedMs) };
  recordTask(frame, state, 'Submitted', { output: { ExecutionArn: child.arn } });
  return awaitChild(frame, child.arn);
}
