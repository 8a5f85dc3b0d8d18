import { orderCaptured } from '../../../../shared/contracts/orders/events.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';

/** Starts an order's process; its execution is named after the order, so a repeat starts nothing. */
export const build = (ports = awsPorts) =>
  eventConsumer([orderCaptured], ({ data: { orderId } }) => ports.start(orderId, { orderId }));

export const handler = build();
