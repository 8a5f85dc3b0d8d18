import { fulfillmentOrderShipped } from '../../../../shared/contracts/fulfillment/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { noteShipment } from '../../domain/notices/note-shipment.ts';

/** Notes for a channel that a parcel of its order left. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([fulfillmentOrderShipped], (event) => noteShipment(ports)(event, clock.now()));

export const handler = build();
