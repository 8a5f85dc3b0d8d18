import { ordersPollDue } from '../../../../shared/contracts/channels/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { pollOrders } from '../../domain/polling/poll-orders.ts';

/** Who asks stops after this, well before the function would be stopped; what is left is gone on with at the next announcement. */
const budgetMs = 45_000;

/** Asks a channel for the orders that changed. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([ordersPollDue], ({ data: { pollId } }) => {
    const end = Date.now() + budgetMs;
    return pollOrders(ports)({ pollId, now: () => clock.now(), isOut: () => Date.now() > end });
  });

export const handler = build();
