import { awaitOrder as contract } from '../../../../shared/contracts/orders/tasks.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';

/** Keeps the task token on the order; the table's stream answers it, now or later. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, async ({ orderId, until, taskToken }, now) => {
    const outcome = await ports.commit([
      { kind: 'wait', entity: 'order', id: { orderId }, wait: { until, taskToken }, at: now },
    ]);
    if (!outcome.ok) throw new Error(`there is no order ${orderId} to wait for`);
    return ok({});
  });

export const handler = build();
