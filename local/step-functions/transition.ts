import { type Json, type JsonObject } from '../aws-service.ts';
import { evaluate, evaluateObject } from './expressions.ts';
import { bindings, type Frame } from './frame.ts';
import { assertPayloadSize } from './payload-limit.ts';

/** How a frame leaves a state: with what, and whereto; without `next` the frame ends. */
export interface Transition {
  output: Json;
  assign: JsonObject | undefined;
  next: string | undefined;
}

interface Exit {
  Output?: Json | undefined;
  Assign?: JsonObject | undefined;
  Next?: string | undefined;
}

/**
 * Evaluates `Output` and `Assign`, both with the variables from before, and checks the payload limit.
 * Without `Output` the state gives `otherwise`. `more` is what `$states` has besides input and context.
 */
export async function leave(frame: Frame, exit: Exit, otherwise: Json, more: JsonObject = {}): Promise<Transition> {
  const names = exit.Output === undefined && exit.Assign === undefined ? {} : bindings(frame, more);
  const output = exit.Output === undefined ? otherwise : await evaluate(exit.Output, names);
  const assign = exit.Assign === undefined ? undefined : await evaluateObject(exit.Assign, names);
  if (output !== frame.cursor.input) assertPayloadSize(output, `output of state ${frame.cursor.state}`);
  if (assign !== undefined) assertPayloadSize(assign, `size of the variables assigned in state ${frame.cursor.state}`);
  return { output, assign, next: exit.Next };
}
