import { type Result, ok, refuse } from './result.ts';

/**
 * States as data: for each state, the operations that may be applied to it and the state each leads to.
 * A state without operations is final.
 */
export type Transitions<State extends string, Operation extends string> = Readonly<
  Record<State, Partial<Record<Operation, State>>>
>;

/**
 * The state that `operation` leads to, or a `state-conflict` refusal that names what is allowed instead.
 * @param what the thing's name for the refusal's sentence ("fulfillment order")
 */
export function next<State extends string, Operation extends string>(
  transitions: Transitions<State, Operation>,
  what: string,
  from: State,
  operation: Operation,
): Result<State> {
  const to = transitions[from][operation];
  if (to !== undefined) return ok(to);
  const allowed = Object.keys(transitions[from]);
  return refuse('state-conflict', `A ${what} that is ${from} cannot ${operation}.`, {
    facts: { state: from, allowed },
  });
}
