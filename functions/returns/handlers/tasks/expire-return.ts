import { expireReturn as contract } from '../../../../shared/contracts/returns/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { expireReturn } from '../../domain/close-return.ts';

/** Closes a return whose goods did not come in time. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, (input, now) => expireReturn(ports)({ ...input, now, actor: 'return process' }));

export const handler = build();
