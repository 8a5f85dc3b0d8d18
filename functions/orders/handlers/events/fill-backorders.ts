import { availabilityChanged } from '../../../../shared/contracts/stock/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { fillBackorders } from '../../domain/fill-backorders.ts';

/** Stock came: orders that wait for it are promised it, oldest first. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([availabilityChanged], async ({ data }) => {
    if (data.ats > 0) await fillBackorders(ports)(data.sku, data.pool, clock.now());
  });

export const handler = build();
