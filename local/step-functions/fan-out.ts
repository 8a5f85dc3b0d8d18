import { type Json, type JsonObject } from '../aws-service.ts';
import { type Flow } from './definition.ts';
import { closeFrame, openFrame, recordEvent, visibleVariables, type Frame } from './frame.ts';
import { StateError, Suspended } from './state-error.ts';

/** One branch or item to run. */
export interface Branch {
  flow: Flow;
  input: Json;
  mapItem: JsonObject | undefined;
}

/** How many branches run at once (0: all), and how many may fail. */
export interface FanLimits {
  concurrency: number;
  tolerated: number;
}

/** Runs a frame to its end; handed in by whoever runs the parent, as a branch may hold any state again. */
export type RunFrame = (frame: Frame) => Promise<Json>;

interface Fan {
  readonly runFrame: RunFrame;
  readonly parent: Frame;
  readonly branches: readonly Branch[];
  readonly limits: FanLimits;
  readonly outputs: Json[];
  readonly scope: Frame['scope'];
  next: number;
  failures: number;
  failure: unknown;
}

function openBranch({ parent, scope }: Fan, branch: Branch, index: number): Frame {
  const { runtime, execution, cursor } = parent;
  const path = `${parent.path}/${cursor.state}[${index}]`;
  const begins = branch.mapItem !== undefined && !execution.frames.has(path);
  const started = { name: cursor.state, index };
  return openFrame({
    runtime,
    execution,
    flow: branch.flow,
    path,
    outer: visibleVariables(parent),
    mapItem: branch.mapItem ?? parent.mapItem,
    scope,
    input: branch.input,
    event: begins ? runtime.history.append(execution, 'MapIterationStarted', cursor.event, started) : cursor.event,
  });
}

/** A branch that failed within the tolerance is as finished as one that succeeded: a restart must not run it again. */
function tolerate(fan: Fan, frame: Frame, index: number, error: StateError): void {
  fan.failures++;
  if (fan.failures > fan.limits.tolerated) {
    const reason = `${fan.failures} of ${fan.branches.length} failed; the first: ${error.message}`;
    throw fan.limits.tolerated === 0 ? error : new StateError('States.ExceedToleratedFailureThreshold', reason);
  }
  const errorOutput = { Error: error.error, Cause: error.causeText };
  fan.outputs[index] = errorOutput;
  if (frame.cursor.done === undefined) closeFrame(frame, { error: errorOutput });
}

function recordIteration(fan: Fan, branch: Branch, frame: Frame, index: number, type: string): void {
  if (branch.mapItem !== undefined) recordEvent(frame, type, { name: fan.parent.cursor.state, index });
}

async function runBranch(fan: Fan, branch: Branch, index: number): Promise<void> {
  const frame = openBranch(fan, branch, index);
  try {
    fan.outputs[index] = await fan.runFrame(frame);
    recordIteration(fan, branch, frame, index, 'MapIterationSucceeded');
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    recordIteration(fan, branch, frame, index, 'MapIterationFailed');
    tolerate(fan, frame, index, error);
  }
}

async function work(fan: Fan): Promise<void> {
  while (fan.next < fan.branches.length && !fan.scope.cancelled) {
    const index = fan.next++;
    const branch = fan.branches[index];
    if (branch === undefined) return;
    try {
      await fan.parent.runtime.parking.busy(() => runBranch(fan, branch, index));
    } catch (error) {
      // The first failure decides; cancelling makes the siblings throw too.
      fan.failure ??= error;
      fan.scope.cancel();
    }
  }
}

/** Runs branches beside one another and answers their outputs in order. The first failure stops the others. */
export async function fanOut(
  parent: Frame,
  branches: readonly Branch[],
  limits: FanLimits,
  runFrame: RunFrame,
): Promise<Json[]> {
  const { scope, detach } = parent.scope.child();
  const fan: Fan = { runFrame, parent, branches, limits, outputs: [], scope, next: 0, failures: 0, failure: undefined };
  const workers = Math.min(limits.concurrency === 0 ? branches.length : limits.concurrency, branches.length);
  try {
    await parent.runtime.parking.aside(() => Promise.all(Array.from({ length: workers }, () => work(fan))));
  } finally {
    detach();
  }
  if (parent.scope.cancelled) throw new Suspended();
  if (fan.failure !== undefined) throw toError(fan.failure);
  return fan.outputs;
}

const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
