import { raiseOrderException as contract } from '../../../../shared/contracts/orders/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { raiseException } from '../../domain/raise-exception.ts';

/** Tells a person about an order, once per code while it is open. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, (input, now) => raiseException(ports)({ ...input, now, actor: 'order process' }));

export const handler = build();
