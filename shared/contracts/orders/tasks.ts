import * as z from 'zod';
import { defineTask } from '../define-task.ts';

/** What an order's process may wait for. */
export const orderWaits = ['holds-released', 'supply', 'settlement', 'intervention'] as const;

/** Registers the order's process as waiting; the table's stream answers it. */
export const awaitOrder = defineTask({
  name: 'awaitOrder',
  capability: 'orders',
  summary: 'Keeps the task token on the order; once what is waited for is so, the stream sends the token.',
  input: z.object({ orderId: z.string(), until: z.enum(orderWaits), taskToken: z.string() }),
  output: z.object({}),
  refusals: [],
});

/** Cancels what is left of an order whose payment failed. */
export const cancelUnpaidOrder = defineTask({
  name: 'cancelUnpaidOrder',
  capability: 'orders',
  summary: 'Undo of a capture whose payment was declined: gives its stock back.',
  input: z.object({ orderId: z.string(), reason: z.string() }),
  output: z.object({ orderId: z.string(), status: z.string() }),
  refusals: ['state-conflict', 'not-found'],
});

/** Tells a person about an order. */
export const raiseOrderException = defineTask({
  name: 'raiseOrderException',
  capability: 'orders',
  summary: 'Raises an exception on the order, once per code while it is open.',
  input: z.object({ orderId: z.string(), code: z.string(), detail: z.string() }),
  output: z.object({}),
  refusals: ['not-found'],
});
