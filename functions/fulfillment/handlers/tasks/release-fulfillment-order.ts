import { releaseFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { releaseFulfillmentOrder } from '../../domain/release.ts';

/** Hands the work to its location and keeps the task token. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, (input, now) =>
    releaseFulfillmentOrder(ports)({ ...input, now, actor: 'fulfillment process' }),
  );

export const handler = build();
