import * as z from 'zod';
import { defineTask } from '../define-task.ts';

/** Plans and allocates in one transaction. */
export const routeOrder = defineTask({
  name: 'routeOrder',
  capability: 'routing',
  summary:
    'Routes every reserved unit of the order: plans, allocates the whole plan and creates its fulfillment orders, in one transaction. Nothing to route is success.',
  input: z.object({ orderId: z.string() }),
  output: z.object({ orderId: z.string(), fulfillmentOrders: z.int() }),
  refusals: ['payment-not-secured', 'on-hold', 'no-plan', 'not-found'],
});
