import { orderCaptured, orderRecognized } from '../../../../shared/contracts/orders/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { tellAfterSale } from '../../domain/availability/after-sale.ts';
import { noteCapture } from '../../domain/notices/note-capture.ts';

/** Notes for a channel that its order is ours, and has it told again of what it sold where it is to show as much as before. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([orderCaptured, orderRecognized], async (event) => {
    await noteCapture(ports)(event, clock.now());
    await tellAfterSale(ports)(event, clock.now());
  });

export const handler = build();
