import { availabilityChanged } from '../../../../shared/contracts/stock/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { wakeUnrouted } from '../../domain/wake-unrouted.ts';

/** Goods came: orders that no location could send are routed again. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([availabilityChanged], async ({ data }) => {
    if (data.rose) await wakeUnrouted(ports)(data.sku, data.pool, clock.now());
  });

export const handler = build();
