import { channelOrderChanged } from '../../../../shared/contracts/channels/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { bookTillSale } from '../../domain/till-sales/book-till-sale.ts';

/** Takes what a till has sold off the shelf of its store, and puts back what was returned there. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([channelOrderChanged], async ({ data: { orderId } }) => {
    const booked = await bookTillSale(ports)(orderId, clock.now());
    if (!booked.ok) throw new Error(booked.refusal.detail);
  });

export const handler = build();
