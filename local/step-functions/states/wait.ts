import { type WaitState } from '../definition.ts';
import { evaluateNumber, evaluateString } from '../expressions.ts';
import { bindings, saveFrame, type Frame } from '../frame.ts';
import { sleepUntil } from '../sleep.ts';
import { StateError } from '../state-error.ts';
import { leave, type Transition } from '../transition.ts';

async function wakeTime(frame: Frame, state: WaitState): Promise<number> {
  const names = bindings(frame);
  if (state.Seconds !== undefined) {
    return frame.runtime.clock.now() + (await evaluateNumber(state.Seconds, names)) * 1000;
  }
  const text = await evaluateString(state.Timestamp ?? '', names);
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new StateError('States.QueryEvaluationError', `Timestamp is no ISO 8601 time: ${JSON.stringify(text)}`);
}

/** Sleeps to a time that is fixed on entry. */
export async function runWait(frame: Frame, state: WaitState): Promise<Transition> {
  const { cursor } = frame;
  if (cursor.wakeAtMs === undefined) {
    cursor.wakeAtMs = await wakeTime(frame, state);
    saveFrame(frame);
  }
  await sleepUntil(frame, cursor.wakeAtMs);
  return leave(frame, state, cursor.input);
}
