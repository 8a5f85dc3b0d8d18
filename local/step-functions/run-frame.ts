import { type Json } from '../aws-service.ts';
import { type State } from './definition.ts';
import { forgetAttempt } from './execution.ts';
import { closeFrame, currentState, dropChildren, enterState, recordPayload, saveFrame, type Frame } from './frame.ts';
import { catcherFor, nextRetry, retryDelayMs } from './retry.ts';
import { runState } from './run-state.ts';
import { sleepUntil } from './sleep.ts';
import { StateError, Suspended, toStateError } from './state-error.ts';
import { leave, type Transition } from './transition.ts';

/** If a retrier takes the error, notes when the next attempt is due. */
function scheduleRetry(frame: Frame, state: State, error: StateError): boolean {
  if (!('Retry' in state)) return false;
  const { cursor, runtime } = frame;
  const done = cursor.retries ?? {};
  const retry = nextRetry(state.Retry, error.error, done);
  if (retry === undefined) return false;
  const count = done[retry.index] ?? 0;
  cursor.retries = { ...done, [retry.index]: count + 1 };
  cursor.retryAtMs = runtime.clock.now() + retryDelayMs(retry.retrier, count);
  saveFrame(frame);
  return true;
}

async function catchError(frame: Frame, state: State, error: StateError): Promise<Transition> {
  const catcher = 'Catch' in state ? catcherFor(state.Catch, error.error) : undefined;
  if (catcher === undefined) throw error;
  const errorOutput = { Error: error.error, Cause: error.causeText };
  return leave(frame, catcher, errorOutput, { errorOutput });
}

/** Waits out a retry's delay. The attempt that follows is billed as a transition of its own. */
async function awaitRetry(frame: Frame): Promise<void> {
  const { cursor, runtime, execution } = frame;
  if (cursor.retryAtMs === undefined) return;
  await sleepUntil(frame, cursor.retryAtMs);
  delete cursor.retryAtMs;
  runtime.countTransition(execution);
  saveFrame(frame);
}

/** Runs the current state until it is left: by its result, by a catcher, or, throwing, with the whole frame. */
async function passState(frame: Frame, state: State): Promise<Transition> {
  for (;;) {
    try {
      await awaitRetry(frame);
      return await runState(frame, state, runFrame);
    } catch (thrown) {
      if (thrown instanceof Suspended || frame.scope.cancelled) throw new Suspended({ cause: thrown });
      const error = toStateError(thrown);
      forgetAttempt(frame.cursor);
      dropChildren(frame);
      if (!scheduleRetry(frame, state, error)) return catchError(frame, state, error);
    }
  }
}

const statesPerTurn = 100;

/**
 * Runs a frame from where it stands to its end, and answers its output. Throws {@link StateError}, or {@link
 * Suspended} if it is cancelled.
 */
export async function runFrame(frame: Frame): Promise<Json> {
  const { cursor, scope, runtime, execution } = frame;
  for (let entered = 1; ; entered++) {
    // A machine that only computes would otherwise never let timers and other executions have their turn.
    if (entered % statesPerTurn === 0) await runtime.store.flushed();
    if (cursor.done !== undefined) {
      if ('output' in cursor.done) return cursor.done.output;
      throw new StateError(cursor.done.error.Error, cursor.done.error.Cause);
    }
    runtime.history.assertRoom(execution);
    const state = currentState(frame);
    const { output, assign, next } = await passState(frame, state);
    if (scope.cancelled) throw new Suspended();
    recordPayload(frame, `${state.Type}StateExited`, 'output', output, { name: cursor.state });
    dropChildren(frame);
    if (assign !== undefined) cursor.variables = { ...cursor.variables, ...assign };
    if (next === undefined) closeFrame(frame, { output });
    else enterState(frame, next, output);
  }
}
