import { settleReturn as contract } from '../../../../shared/contracts/returns/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { settleReturn } from '../../domain/settle-return.ts';

/** Closes a return whose money went back. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, (input, now) => settleReturn(ports)({ ...input, now, actor: 'return process' }));

export const handler = build();
