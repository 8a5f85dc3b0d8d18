import { securePayment as contract } from '../../../../shared/contracts/payments/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { securePayment } from '../../domain/secure-payment.ts';

/** Authorizes an order's pending gateway payments. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, ({ orderId }, now) => securePayment(ports)({ orderId, now, actor: 'order process' }));

export const handler = build();
