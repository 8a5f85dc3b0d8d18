import { routeOrder as contract } from '../../../../shared/contracts/routing/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { routeOrder } from '../../domain/route-order.ts';

/** Routes every reserved unit of an order: plans and allocates. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, ({ orderId }, now) => routeOrder(ports)({ orderId, now, actor: 'order process' }));

export const handler = build();
