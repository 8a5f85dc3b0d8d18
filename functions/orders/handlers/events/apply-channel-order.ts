import { channelOrderChanged } from '../../../../shared/contracts/channels/events.ts';
import {
  fulfillmentOrderCancelled,
  fulfillmentOrderRejected,
} from '../../../../shared/contracts/fulfillment/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { applyChannelOrder } from '../../domain/channel-order/apply.ts';

/**
 * Captures an order that a channel brought, or brings it to what the channel says of it now; also when a location gives back what the channel
 * had cancelled too late.
 */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([channelOrderChanged, fulfillmentOrderRejected, fulfillmentOrderCancelled], ({ data }) =>
    applyChannelOrder(ports)(data.orderId, clock.now()),
  );

export const handler = build();
