import { poolContended, stripesUneven } from '../../../../shared/contracts/stock/stripe-events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { stripePorts } from '../../adapters/stripe-ports.ts';
import { type PoolTold, tendStripes } from '../../domain/stripes/tend-stripes.ts';

/** Gives contended pools more stripes and evens out those that are uneven, each pool once a batch. */
export const build = (ports = stripePorts, clock = systemClock) =>
  batchConsumer([poolContended, stripesUneven], async (messages) => {
    const told = messages.map(({ id, time, data }): PoolTold => ({ id, at: time, ...data }));
    const failures = await tendStripes(ports)(told, clock.now());
    for (const { error, sku, pool } of failures)
      logger.error('the stripes of a pool could not be tended', { error: error as Error, sku, pool });
    return failures.flatMap(({ ids }) => ids);
  });

export const handler = build();
