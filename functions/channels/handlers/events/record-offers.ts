import { availabilityChanged, shelfChanged } from '../../../../shared/contracts/stock/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { recordOffers } from '../../domain/availability/record-offers.ts';

/** Records what channels of a pool must be told, and has them told. */
export const build = (ports = awsPorts, clock = systemClock) =>
  batchConsumer([availabilityChanged, shelfChanged], async (messages) => {
    const failures = await recordOffers(ports, clock)(messages);
    for (const { error, ...about } of failures)
      logger.error('what a channel must be told was not recorded', { ...about, error: error as Error });
    return failures.flatMap(({ eventIds }) => eventIds);
  });

export const handler = build();
