import { availabilityChanged } from '../../../../shared/contracts/stock/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { publishAvailability } from '../../domain/availability/publish-availability.ts';

/** Tells the channels of a pool what they may sell; what a channel did not take comes again. */
export const build = (ports = awsPorts, clock = systemClock) =>
  batchConsumer([availabilityChanged], async (messages) => {
    const failures = await publishAvailability(ports, clock)(messages);
    for (const failure of failures) logger.error('a channel was not told', { ...failure });
    return failures.flatMap(({ eventIds }) => eventIds);
  });

export const handler = build();
