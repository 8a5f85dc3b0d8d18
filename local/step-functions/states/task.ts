import { type Json } from '../../aws-service.ts';
import { type TaskState } from '../definition.ts';
import { evaluate, evaluateNumber } from '../expressions.ts';
import { bindings, saveFrame, type Frame } from '../frame.ts';
import { assertPayloadSize } from '../payload-limit.ts';
import { Suspended, toStateError, StateError } from '../state-error.ts';
import { recordTask, recordTaskSuccess } from '../task-history.ts';
import { parseTaskResource, waitsForToken, type TaskResource } from '../task-resource.ts';
import { newTaskToken } from '../task-token.ts';
import { leave, type Transition } from '../transition.ts';
import { isVolatile } from '../volatile.ts';
import { runCall } from './task-call.ts';
import { runChildExecution } from './task-child.ts';
import { runTokenTask } from './task-token-wait.ts';

async function taskArguments(frame: Frame, state: TaskState): Promise<Json> {
  const { cursor } = frame;
  if (cursor.arguments !== undefined) return cursor.arguments;
  if (state.Arguments === undefined) return cursor.input;
  const value = await evaluate(state.Arguments, bindings(frame));
  assertPayloadSize(value, `input of task ${cursor.state}`);
  if (isVolatile(state.Arguments)) cursor.arguments = value;
  return value;
}

/** Fixes the attempt's deadlines once; after a restart the old ones hold. */
async function setDeadlines(frame: Frame, state: TaskState): Promise<void> {
  const { cursor, runtime } = frame;
  if (state.TimeoutSeconds !== undefined && cursor.deadlineMs === undefined) {
    cursor.deadlineMs = runtime.clock.now() + (await evaluateNumber(state.TimeoutSeconds, bindings(frame))) * 1000;
    saveFrame(frame);
  }
  if (state.HeartbeatSeconds === undefined || cursor.heartbeatMs !== undefined) return;
  cursor.heartbeatMs = (await evaluateNumber(state.HeartbeatSeconds, bindings(frame))) * 1000;
  cursor.heartbeatDueMs = runtime.clock.now() + cursor.heartbeatMs;
  saveFrame(frame);
}

function perform(frame: Frame, state: TaskState, resource: TaskResource, input: Json): Promise<Json> {
  if (resource.kind === 'start-execution') return runChildExecution(frame, state, resource, input);
  if (waitsForToken(resource)) return runTokenTask(frame, state, resource, input);
  return runCall(frame, state, resource, input);
}

async function attempt(frame: Frame, state: TaskState): Promise<Json> {
  const resource = parseTaskResource(state.Resource);
  if (resource === undefined) throw new StateError('States.Runtime', `Resource ${state.Resource} is not supported`);
  if (waitsForToken(resource)) frame.cursor.token ??= newTaskToken(frame.execution.id, frame.path);
  const input = await taskArguments(frame, state);
  await setDeadlines(frame, state);
  if (frame.cursor.token !== undefined || frame.cursor.arguments !== undefined) saveFrame(frame);
  const result = await perform(frame, state, resource, input);
  assertPayloadSize(result, `result of task ${frame.cursor.state}`);
  return result;
}

/** Makes one attempt at the task: calls, then waits for the answer, the callback or the child's end. */
export async function runTask(frame: Frame, state: TaskState): Promise<Transition> {
  let result: Json;
  try {
    result = await attempt(frame, state);
  } catch (thrown) {
    if (thrown instanceof Suspended || frame.scope.cancelled) throw new Suspended({ cause: thrown });
    const error = toStateError(thrown);
    const timedOut = error.error === 'States.Timeout' || error.error === 'States.HeartbeatTimeout';
    recordTask(frame, state, timedOut ? 'TimedOut' : 'Failed', { error: error.error, cause: error.causeText });
    throw error;
  }
  recordTaskSuccess(frame, state, result);
  return leave(frame, state, result, { result });
}
