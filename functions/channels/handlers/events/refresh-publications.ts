import { priceChanged, productChanged } from '../../../../shared/contracts/network/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { refreshSkus } from '../../domain/publications/refresh.ts';

/** Looks at the publications of SKUs again whose product or price has changed; a batch that fails comes again as a whole. */
export const build = (ports = awsPorts, clock = systemClock) =>
  batchConsumer([productChanged, priceChanged], async (messages) => {
    const skus = messages.map(({ data }) => data.sku);
    await refreshSkus(ports)(skus, clock.now());
    return [];
  });

export const handler = build();
