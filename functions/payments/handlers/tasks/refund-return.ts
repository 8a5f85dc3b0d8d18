import { refundReturn as contract } from '../../../../shared/contracts/payments/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { refundReturn } from '../../domain/refund-return.ts';

/** Refunds an inspected return. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, ({ returnId }, now) => refundReturn(ports)({ returnId, now, actor: 'return process' }));

export const handler = build();
