import type * as z from 'zod';
import { type RefusalCode } from '../kernel/refusal.ts';

/** One task of a process: what a state machine's Lambda state sends, gets back, and may catch. */
export interface TaskContract<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly capability: string;
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  /** Refusals that reach the state machine as the error name, to be caught by it. */
  readonly refusals: readonly RefusalCode[];
}

/** Declares a task. Tasks are idempotent: a state machine may run each more than once. */
export const defineTask = <Input extends z.ZodType, Output extends z.ZodType>(
  declaration: TaskContract<Input, Output>,
): TaskContract<Input, Output> => declaration;
