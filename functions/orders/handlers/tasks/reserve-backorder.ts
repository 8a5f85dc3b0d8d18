import { reserveBackorder as contract } from '../../../../shared/contracts/orders/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { reserveBackorder } from '../../domain/reserve-backorder.ts';

/** Promises backordered units as far as stock has come. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, ({ orderId }, now) => reserveBackorder(ports)({ orderId, now, actor: 'order process' }));

export const handler = build();
