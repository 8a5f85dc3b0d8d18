import { type JsonObject, type Json } from '../aws-service.ts';
import { type TaskState } from './definition.ts';
import { recordEvent, recordPayload, type Frame } from './frame.ts';
import { resourceNames } from './task-resource.ts';

type Moment = 'Scheduled' | 'Started' | 'Submitted' | 'Failed' | 'TimedOut' | 'Succeeded';

const isFunctionArn = ({ Resource }: TaskState): boolean => Resource.includes(':function:');

/** A function named by its ARN has events of its own kind, without the resource's names. */
function naming(state: TaskState, moment: Moment): { type: string; names: JsonObject } {
  return isFunctionArn(state)
    ? { type: `LambdaFunction${moment}`, names: {} }
    : { type: `Task${moment}`, names: resourceNames(state.Resource) };
}

/** Adds an event of the task's life to the history. */
export function recordTask(frame: Frame, state: TaskState, moment: Moment, details: JsonObject = {}): void {
  const { type, names } = naming(state, moment);
  recordEvent(frame, type, { ...names, ...details });
}

/** Adds the task's two first events. */
export function recordTaskStart(frame: Frame, state: TaskState, input: Json): void {
  const given = isFunctionArn(state) ? { resource: state.Resource, input } : { parameters: input, region: 'local' };
  recordTask(frame, state, 'Scheduled', given);
  recordTask(frame, state, 'Started');
}

/** Adds the event of the task's success. */
export function recordTaskSuccess(frame: Frame, state: TaskState, result: Json): void {
  const { type, names } = naming(state, 'Succeeded');
  recordPayload(frame, type, 'output', result, names);
}
