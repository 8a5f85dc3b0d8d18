import { systemClock } from '../../../../shared/kernel/time.ts';
import { queueConsumer } from '../../../../shared/platform/events/queue-consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { takeNotification } from '../../connectors/amazon/intake.ts';

/** Stores what Amazon tells a seller's channel; what is for no channel of ours ends in the dead letters, with the reason in the log. */
export const build = (ports = awsPorts, clock = systemClock) =>
  queueConsumer((body) => takeNotification(ports)(Buffer.from(body), clock.now()));

export const handler = build();
