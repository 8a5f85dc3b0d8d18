import { orderCaptured } from '../../../../shared/contracts/orders/events.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { acknowledgeOrder } from '../../domain/acknowledge-order.ts';

/** Tells a channel that its order is ours. */
export const build = (ports = awsPorts) => eventConsumer([orderCaptured], ({ data }) => acknowledgeOrder(ports)(data));

export const handler = build();
