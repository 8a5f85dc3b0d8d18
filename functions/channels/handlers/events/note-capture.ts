import { orderCaptured, orderRecognized } from '../../../../shared/contracts/orders/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { noteCapture } from '../../domain/notices/note-capture.ts';

/** Notes for a channel that its order is ours. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([orderCaptured, orderRecognized], (event) => noteCapture(ports)(event, clock.now()));

export const handler = build();
