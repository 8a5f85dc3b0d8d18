import { orderCancelled } from '../../../../shared/contracts/orders/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { noteCancellation } from '../../domain/notices/note-cancellation.ts';

/** Notes for a channel what was cancelled here of its order. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([orderCancelled], (event) => noteCancellation(ports)(event, clock.now()));

export const handler = build();
