import { fulfillmentOrderDelivered, fulfillmentOrderPacked } from '../../../../shared/contracts/fulfillment/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { notePickup } from '../../domain/notices/note-shipment.ts';

/** Notes for a channel that its order can be collected, or was. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([fulfillmentOrderPacked, fulfillmentOrderDelivered], (event) =>
    notePickup(ports, event.type === fulfillmentOrderPacked.type ? 'ready' : 'collected')(event, clock.now()),
  );

export const handler = build();
