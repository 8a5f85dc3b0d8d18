import { type Json, type JsonObject } from '../aws-service.ts';
import { type CancelScope } from './cancel-scope.ts';
import { isoTime } from './clock.ts';
import { type Flow, type State } from './definition.ts';
import { forgetAttempt, type Cursor, type Execution } from './execution.ts';
import { type Runtime } from './runtime.ts';
import { StateError } from './state-error.ts';

/** One line of states at work: the whole machine, a branch of a Parallel, or one item of a Map. */
export interface Frame {
  readonly runtime: Runtime;
  readonly execution: Execution;
  readonly flow: Flow;
  readonly path: string;
  readonly cursor: Cursor;
  /** Variables of the frames around this one; they cannot change while this one runs. */
  readonly outer: JsonObject;
  /** `$states.context.Map.Item`, inside a Map. */
  readonly mapItem: JsonObject | undefined;
  readonly scope: CancelScope;
  /** The payload of the newest event, so that the same one is not written twice. */
  lastPayload: Json | undefined;
}

/** What a frame is made of when it begins or comes back after a restart. */
export type FrameSeed = Pick<Frame, 'runtime' | 'execution' | 'flow' | 'path' | 'outer' | 'mapItem' | 'scope'> & {
  input: Json;
  /** The event this frame follows. */
  event: number;
};

/** The state a frame is in. */
export function currentState({ flow, cursor }: Frame): State {
  const state = flow.States[cursor.state];
  if (state === undefined) throw new StateError('States.Runtime', `There is no state ${cursor.state}`);
  return state;
}

/** The frame at `seed.path`: where it stood, or at the beginning of its flow. */
export function openFrame({ input, event, ...seed }: FrameSeed): Frame {
  const saved = seed.execution.frames.get(seed.path);
  if (saved !== undefined) return { ...seed, cursor: saved, lastPayload: undefined };
  const cursor: Cursor = { state: seed.flow.StartAt, input, enteredMs: 0, variables: {}, event };
  const frame: Frame = { ...seed, cursor, lastPayload: seed.path === '' ? input : undefined };
  seed.execution.frames.set(seed.path, cursor);
  enterState(frame, seed.flow.StartAt, input);
  return frame;
}

/** Marks the frame for the next commit. */
export function saveFrame({ runtime, execution, path }: Frame): void {
  runtime.store.saveFrame(execution, path);
}

/** Adds an event of this frame to the history. */
export function recordEvent(frame: Frame, type: string, details: JsonObject): void {
  frame.cursor.event = frame.runtime.history.append(frame.execution, type, frame.cursor.event, details);
}

/** {@link recordEvent} with a payload, which is left out if the event before has the same. */
export function recordPayload(
  frame: Frame,
  type: string,
  key: 'input' | 'output',
  payload: Json,
  details: JsonObject,
): void {
  const same = payload === frame.lastPayload;
  frame.lastPayload = payload;
  recordEvent(frame, type, same ? details : { ...details, [key]: payload });
}

/** Moves the frame to the beginning of a state: one billed transition. */
export function enterState(frame: Frame, name: string, input: Json): void {
  const { runtime, execution, cursor } = frame;
  forgetAttempt(cursor);
  delete cursor.retries;
  cursor.state = name;
  cursor.input = input;
  cursor.enteredMs = runtime.clock.now();
  runtime.countTransition(execution);
  recordPayload(frame, `${currentState(frame).Type}StateEntered`, 'input', input, { name });
  saveFrame(frame);
}

/** Ends the frame; what it worked with is not needed any more. */
export function closeFrame(frame: Frame, done: NonNullable<Cursor['done']>): void {
  const { cursor } = frame;
  forgetAttempt(cursor);
  delete cursor.retries;
  cursor.input = null;
  cursor.variables = {};
  cursor.done = done;
  saveFrame(frame);
}

/** Whether frames inside the current state exist: after a restart, that it had begun its branches. */
export function hasChildren({ execution, path, cursor }: Frame): boolean {
  const prefix = `${path}/${cursor.state}[`;
  return [...execution.frames.keys()].some((other) => other.startsWith(prefix));
}

/** Forgets the frames inside the current state. */
export function dropChildren(frame: Frame): void {
  const { runtime, execution, path, cursor } = frame;
  if (!['Map', 'Parallel'].includes(currentState(frame).Type)) return;
  runtime.store.dropFrames(execution, `${path}/${cursor.state}[`);
}

/** `$states.context`: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextObject({ execution, cursor, mapItem }: Frame): JsonObject {
  const { machine } = execution;
  const retryCount = Object.values(cursor.retries ?? {}).reduce((sum, count) => sum + count, 0);
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      Name: execution.name,
      RoleArn: machine.roleArn,
      StartTime: isoTime(execution.startedMs),
      RedriveCount: 0,
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    State: { Name: cursor.state, EnteredTime: isoTime(cursor.enteredMs), RetryCount: retryCount },
    ...(cursor.token === undefined ? {} : { Task: { Token: cursor.token } }),
    ...(mapItem === undefined ? {} : { Map: { Item: mapItem } }),
  };
}

/** Every variable the frame sees. */
export const visibleVariables = ({ outer, cursor }: Frame): JsonObject => ({ ...outer, ...cursor.variables });

/** What expressions of the current state are evaluated with; `more` adds to `$states`. */
export function bindings(frame: Frame, more: JsonObject = {}): JsonObject {
  const states = { input: frame.cursor.input, context: contextObject(frame), ...more };
  return { ...visibleVariables(frame), states };
}
