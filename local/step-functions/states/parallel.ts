import { type ParallelState } from '../definition.ts';
import { evaluate } from '../expressions.ts';
import { fanOut, type RunFrame } from '../fan-out.ts';
import { bindings, hasChildren, recordEvent, type Frame } from '../frame.ts';
import { assertPayloadSize } from '../payload-limit.ts';
import { leave, type Transition } from '../transition.ts';

/** Runs every branch with the same input. */
export async function runParallel(frame: Frame, state: ParallelState, runFrame: RunFrame): Promise<Transition> {
  const input = state.Arguments === undefined ? frame.cursor.input : await evaluate(state.Arguments, bindings(frame));
  assertPayloadSize(input, `input of the branches of state ${frame.cursor.state}`);
  if (!hasChildren(frame)) recordEvent(frame, 'ParallelStateStarted', {});
  const branches = state.Branches.map((flow) => ({ flow, input, mapItem: undefined }));
  const result = await fanOut(frame, branches, { concurrency: 0, tolerated: 0 }, runFrame);
  recordEvent(frame, 'ParallelStateSucceeded', {});
  return leave(frame, state, result, { result });
}
