import middy from '@middy/core';
import type * as z from 'zod';
import { type TaskContract } from '../../contracts/define-task.ts';
import { type Refusal } from '../../kernel/refusal.ts';
import { type Result } from '../../kernel/result.ts';
import { systemClock } from '../../kernel/time.ts';

/** An expected refusal on its way to the state machine, which catches it by name: the refusal's code. */
export class TaskRefused extends Error {
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.name = refusal.code;
  }
}

/** A Lambda function for one task of a process. A refusal reaches the state machine as the error name; anything else is retried there. */
export const taskHandler = <C extends TaskContract>(
  contract: C,
  run: (input: z.infer<C['input']>, now: string) => Promise<Result<z.input<C['output']>>>,
) =>
  middy<unknown, unknown>().handler(async (event) => {
    const result = await run(contract.input.parse(event) as z.infer<C['input']>, systemClock.now());
    if (!result.ok) throw new TaskRefused(result.refusal);
    return contract.output.parse(result.value);
  });
