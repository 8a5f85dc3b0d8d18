import * as z from 'zod';
import { defineTask } from '../define-task.ts';

/** What a return's process may wait for. */
export const returnWaits = ['inspected', 'intervention'] as const;

/** Registers the return's process as waiting for its goods to be judged. */
export const awaitReturn = defineTask({
  name: 'awaitReturn',
  capability: 'returns',
  summary:
    'Keeps the task token on the return; once its goods are inspected, or it was cancelled, the stream sends the token.',
  input: z.object({ returnId: z.string(), until: z.enum(returnWaits), taskToken: z.string() }),
  output: z.object({}),
  refusals: [],
});
/** The goods did not come in time. */
export const expireReturn = defineTask({
  name: 'expireReturn',
  capability: 'returns',
  summary: 'Closes a return whose goods did not come in time; goods that did come keep it open.',
  input: z.object({ returnId: z.string() }),
  output: z.object({ state: z.string(), open: z.boolean() }),
  refusals: ['not-found'],
});
/** The refund is done. */
export const settleReturn = defineTask({
  name: 'settleReturn',
  capability: 'returns',
  summary: 'Closes an inspected return once its money went back.',
  input: z.object({ returnId: z.string() }),
  output: z.object({ state: z.string() }),
  refusals: ['not-found'],
});
