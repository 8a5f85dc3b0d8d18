import { takeBackFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { takeBackFulfillmentOrder } from '../../domain/take-back.ts';

/** Undoes a release that nobody answered. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, (input, now) =>
    takeBackFulfillmentOrder(ports)({ ...input, now, actor: 'fulfillment process' }),
  );

export const handler = build();
