import { fulfillmentOrderAllocated } from '../../../../shared/contracts/fulfillment/events.ts';
import { secondsFromEnvironment } from '../../../../shared/platform/config.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';

/** Starts a fulfillment order's process. `SILENCE_SECONDS`: how long its location may be silent. */
export const build = (ports = awsPorts) =>
  eventConsumer([fulfillmentOrderAllocated], ({ data: { fulfillmentOrderId } }) =>
    ports.start(fulfillmentOrderId, { fulfillmentOrderId, silenceSeconds: secondsFromEnvironment('SILENCE_SECONDS') }),
  );

export const handler = build();
