import { type FailState } from '../definition.ts';
import { evaluateString } from '../expressions.ts';
import { bindings, type Frame } from '../frame.ts';
import { StateError } from '../state-error.ts';

/** Ends the frame with the state's error. */
export async function runFail(frame: Frame, state: FailState): Promise<never> {
  const names = bindings(frame);
  throw new StateError(await evaluateString(state.Error, names), await evaluateString(state.Cause, names));
}
