import { stockAppeared } from '../../../../shared/contracts/rules/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { ruleNewStock } from '../../domain/rule-new-stock.ts';

/** Gives stock that has appeared what the rules in force want: a batch comes again as a whole, as what is done stays as it is. */
export const build = (ports = awsPorts, clock = systemClock) =>
  batchConsumer([stockAppeared], async (messages) => {
    const skus = messages.map(({ data }) => data.sku);
    await ruleNewStock(ports)(skus, clock.now());
    return [];
  });

export const handler = build();
