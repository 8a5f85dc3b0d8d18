import { channelOrderMapped } from '../../../../shared/contracts/channels/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { captureChannelOrder } from '../../domain/capture-channel-order.ts';

/** Captures an order that a channel's webhook brought. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([channelOrderMapped], ({ data }) => captureChannelOrder(ports)(data.order, clock.now()));

export const handler = build();
