import { type Json, type JsonObject } from '../../aws-service.ts';
import { type MapState } from '../definition.ts';
import { evaluate, evaluateArray, evaluateNumber } from '../expressions.ts';
import { fanOut, type Branch, type RunFrame } from '../fan-out.ts';
import { bindings, contextObject, hasChildren, recordEvent, type Frame } from '../frame.ts';
import { assertPayloadSize } from '../payload-limit.ts';
import { StateError } from '../state-error.ts';
import { leave, type Transition } from '../transition.ts';

/** How many items may fail: a count, or a share of the items in percent. */
async function toleratedFailures(frame: Frame, state: MapState, items: number): Promise<number> {
  if (state.ToleratedFailureCount !== undefined) return evaluateNumber(state.ToleratedFailureCount, bindings(frame));
  if (state.ToleratedFailurePercentage === undefined) return 0;
  return Math.floor((items * (await evaluateNumber(state.ToleratedFailurePercentage, bindings(frame)))) / 100);
}

async function itemsOf(frame: Frame, state: MapState): Promise<Json[]> {
  if (state.Items !== undefined) return evaluateArray(state.Items, bindings(frame));
  const { input } = frame.cursor;
  if (Array.isArray(input)) return input;
  throw new StateError('States.QueryEvaluationError', `The input of ${frame.cursor.state} is not an array of items`);
}

async function branchOf(frame: Frame, state: MapState, item: Json, index: number): Promise<Branch> {
  const mapItem: JsonObject = { Index: index, Value: item };
  const branch = { flow: state.ItemProcessor, input: item, mapItem };
  if (state.ItemSelector === undefined) return branch;
  const context = { ...contextObject(frame), Map: { Item: mapItem } };
  const input = await evaluate(state.ItemSelector, bindings(frame, { context }));
  assertPayloadSize(input, `input of item ${index} of state ${frame.cursor.state}`);
  return { ...branch, input };
}

/** Runs the processor once for each item, in this process (mode INLINE). */
export async function runMap(frame: Frame, state: MapState, runFrame: RunFrame): Promise<Transition> {
  const items = await itemsOf(frame, state);
  const branches = await Promise.all(items.map((item, index) => branchOf(frame, state, item, index)));
  const tolerated = await toleratedFailures(frame, state, items.length);
  const concurrency =
    state.MaxConcurrency === undefined ? 0 : await evaluateNumber(state.MaxConcurrency, bindings(frame));
  if (!hasChildren(frame)) recordEvent(frame, 'MapStateStarted', { length: items.length });
  const result = await fanOut(frame, branches, { concurrency, tolerated }, runFrame);
  recordEvent(frame, 'MapStateSucceeded', {});
  return leave(frame, state, result, { result });
}
