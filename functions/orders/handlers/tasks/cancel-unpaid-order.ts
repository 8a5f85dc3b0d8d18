import { cancelUnpaidOrder as contract } from '../../../../shared/contracts/orders/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { cancelOrder } from '../../domain/cancel-order.ts';

/** Undo of a capture whose payment was declined. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, ({ orderId, reason }, now) =>
    cancelOrder(ports)({ orderId, reason, now, actor: 'order process' }),
  );

export const handler = build();
