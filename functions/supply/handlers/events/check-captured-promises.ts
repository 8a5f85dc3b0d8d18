import { orderCaptured } from '../../../../shared/contracts/orders/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { repromise } from '../../domain/repromise.ts';

/** An order that waits was captured: supply that changed in that moment did not see it, so the plan is looked at again. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([orderCaptured], async ({ data }) => {
    const waiting = data.lines.filter(({ backordered }) => backordered > 0).map(({ sku }) => sku);
    for (const sku of new Set(waiting)) await repromise(ports)(sku, { now: clock.now(), actor: 'repromise' });
  });

export const handler = build();
