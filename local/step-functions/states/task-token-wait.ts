import { type Json } from '../../aws-service.ts';
import { type ResourceCall } from '../call-resource.ts';
import { callWithin } from '../call-within.ts';
import { type TaskState } from '../definition.ts';
import { type TaskReply } from '../execution.ts';
import { saveFrame, type Frame } from '../frame.ts';
import { type Wake } from '../parking.ts';
import { StateError } from '../state-error.ts';
import { recordTask, recordTaskStart } from '../task-history.ts';
import { resourceCall } from './task-call.ts';

/**
 * Rejects when the deadline, or a heartbeat, is missed. A heartbeat only moves its due time; the timer looks again
 * when it fires.
 */
function watchDeadlines({ cursor, runtime: { timers, clock } }: Frame, wake: Wake<TaskReply>): () => void {
  const miss = (error: string): void => {
    // A reply that is already on its way to the disk wins.
    if (cursor.reply === undefined) wake.reject(new StateError(error, `The task ${cursor.state} timed out.`));
  };
  const watchHeartbeat = (dueMs: number): (() => void) =>
    timers.at(dueMs, () => {
      const next = cursor.heartbeatDueMs ?? dueMs;
      if (next > clock.now()) cancelHeartbeat = watchHeartbeat(next);
      else miss('States.HeartbeatTimeout');
    });
  const nothing = (): void => undefined;
  const { deadlineMs, heartbeatDueMs } = cursor;
  const cancelDeadline = deadlineMs === undefined ? nothing : timers.at(deadlineMs, () => miss('States.Timeout'));
  let cancelHeartbeat = heartbeatDueMs === undefined ? nothing : watchHeartbeat(heartbeatDueMs);
  return () => {
    cancelDeadline();
    cancelHeartbeat();
  };
}

function awaitReply(frame: Frame, token: string): Promise<TaskReply> {
  const { runtime, cursor } = frame;
  return runtime.parking.park<TaskReply>(frame.scope, (wake) => {
    if (cursor.reply !== undefined) {
      wake.resolve(cursor.reply);
      return () => undefined;
    }
    runtime.replies.set(token, wake);
    const stopWatching = watchDeadlines(frame, wake);
    return () => {
      runtime.replies.delete(token);
      stopWatching();
    };
  });
}

/** Sends the message that carries the token; the flag behind it keeps a restart from sending it again. */
async function send(frame: Frame, resource: ResourceCall['resource'], input: Json): Promise<void> {
  await frame.runtime.store.flushed();
  await callWithin(frame, undefined, (signal) =>
    frame.runtime.callResource(resourceCall(frame, resource, input, signal)),
  );
  frame.cursor.sent = true;
  saveFrame(frame);
}

/** A task that ends by a callback: sends its token out once, then waits for SendTaskSuccess or SendTaskFailure. */
export async function runTokenTask(
  frame: Frame,
  state: TaskState,
  resource: ResourceCall['resource'],
  input: Json,
): Promise<Json> {
  const { cursor } = frame;
  const { scope, detach } = frame.scope.child();
  const waiting: Frame = { ...frame, scope };
  try {
    const reply = awaitReply(waiting, cursor.token ?? '');
    if (cursor.sent !== true && cursor.reply === undefined) {
      recordTaskStart(frame, state, input);
      await Promise.race([frame.runtime.parking.busy(() => send(waiting, resource, input)), reply]);
      recordTask(frame, state, 'Submitted');
    }
    const answer = await reply;
    if ('output' in answer) return answer.output;
    throw new StateError(answer.error.Error, answer.error.Cause);
  } finally {
    detach();
    scope.cancel();
  }
}
