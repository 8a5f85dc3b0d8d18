import { capturePayment as contract } from '../../../../shared/contracts/payments/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { capturePayment } from '../../domain/capture-payment.ts';

/** Captures what an order has to pay. */
export const build = (ports = awsPorts) =>
  taskHandler(contract, ({ orderId }, now) => capturePayment(ports)({ orderId, now, actor: 'order process' }));

export const handler = build();
