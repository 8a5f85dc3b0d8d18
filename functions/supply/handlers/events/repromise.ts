import { orderCancelled, orderReserved } from '../../../../shared/contracts/orders/events.ts';
import { supplyChanged } from '../../../../shared/contracts/supply/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { repromise } from '../../domain/repromise.ts';

/** Supply or queue changed: who waits is promised anew, once per SKU and batch. */
export const build = (ports = awsPorts, clock = systemClock) =>
  batchConsumer([supplyChanged, orderReserved, orderCancelled], async (messages) => {
    const failed: string[] = [];
    for (const sku of new Set(messages.flatMap(({ data }) => skusIn(data)))) {
      try {
        await repromise(ports)(sku, { now: clock.now(), actor: 'repromise' });
      } catch (error) {
        logger.error('who waits could not be promised anew', { sku, error: error as Error });
        failed.push(...messages.filter(({ data }) => skusIn(data).includes(sku)).map(({ id }) => id));
      }
    }
    return failed;
  });

const skusIn = (data: { readonly sku: string } | { readonly lines: readonly { readonly sku: string }[] }): string[] =>
  'sku' in data ? [data.sku] : data.lines.map(({ sku }) => sku);

export const handler = build();
