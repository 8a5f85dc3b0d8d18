import { type ChoiceState } from '../definition.ts';
import { evaluateBoolean } from '../expressions.ts';
import { bindings, type Frame } from '../frame.ts';
import { StateError } from '../state-error.ts';
import { leave, type Transition } from '../transition.ts';

/** Takes the first rule whose condition is true, else the default. A rule without `Output` gives the state's. */
export async function runChoice(frame: Frame, state: ChoiceState): Promise<Transition> {
  const { input } = frame.cursor;
  for (const rule of state.Choices) {
    if (!(await evaluateBoolean(rule.Condition, bindings(frame)))) continue;
    return leave(frame, { ...rule, Output: rule.Output ?? state.Output }, input);
  }
  if (state.Default === undefined) {
    throw new StateError('States.NoChoiceMatched', `No choice matched in state ${frame.cursor.state}`);
  }
  return leave(frame, { ...state, Next: state.Default }, input);
}
