import * as z from 'zod';
import { defineTask } from '../define-task.ts';

/** Hands the work to its location and waits for its answer. */
export const releaseFulfillmentOrder = defineTask({
  name: 'releaseFulfillmentOrder',
  capability: 'fulfillment',
  summary:
    'Releases the work to its location and keeps the task token; each answer of the location is a heartbeat, the last one ends the wait.',
  input: z.object({ fulfillmentOrderId: z.string(), taskToken: z.string() }),
  output: z.object({}),
  refusals: [],
});

/** Undo of a release that nobody answered. */
export const takeBackFulfillmentOrder = defineTask({
  name: 'takeBackFulfillmentOrder',
  capability: 'fulfillment',
  summary:
    'The location was silent past its time: work that it never accepted goes back to routing; work that it accepted stays and raises an exception.',
  input: z.object({ fulfillmentOrderId: z.string() }),
  output: z.object({ state: z.string(), open: z.boolean() }),
  refusals: ['not-found'],
});
