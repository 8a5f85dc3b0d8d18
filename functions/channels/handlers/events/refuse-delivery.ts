import { channelOrderRefused } from '../../../../shared/contracts/channels/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { refuseDelivery } from '../../domain/quarantine/refuse-delivery.ts';

/** Puts a delivery in quarantine whose order could not be captured. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([channelOrderRefused], ({ data }) => refuseDelivery(ports)(data, clock.now()));

export const handler = build();
