import { ordersPollDue } from '../../../../shared/contracts/channels/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { pollOrders } from '../../domain/polling/poll-orders.ts';

/** Who asks stops after this, well before the function would be stopped; what is left is gone on with at the next announcement. */
const budgetMs = 45_000;

const broke = (error: unknown) => logger.error('a page of a poll could not be read or stored', { error });

/** Asks a channel for the orders that changed. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([ordersPollDue], ({ data: { pollId } }) => {
    const end = Date.now() + budgetMs;
    return pollOrders(ports)({ pollId, now: () => clock.now(), isOut: () => Date.now() > end, broke });
  });

export const handler = build();
