import { type Json } from '../../aws-service.ts';
import { type ResourceCall } from '../call-resource.ts';
import { callWithin } from '../call-within.ts';
import { type TaskState } from '../definition.ts';
import { type Frame } from '../frame.ts';
import { recordTaskStart } from '../task-history.ts';

/** The frame's call, for {@link Runtime.callResource}. */
export const resourceCall = (
  { execution }: Frame,
  resource: ResourceCall['resource'],
  input: Json,
  signal: AbortSignal,
): ResourceCall => ({
  resource,
  arguments: input,
  executionArn: execution.arn,
  machineArn: execution.machine.arn,
  signal,
});

/** A task whose result is its call's answer. Interrupted by a crash it is called again, as on AWS: at least once. */
export async function runCall(
  frame: Frame,
  state: TaskState,
  resource: ResourceCall['resource'],
  input: Json,
): Promise<Json> {
  recordTaskStart(frame, state, input);
  await frame.runtime.store.flushed();
  return callWithin(frame, frame.cursor.deadlineMs, (signal) =>
    frame.runtime.callResource(resourceCall(frame, resource, input, signal)),
  );
}
