import { availabilityChanged } from '../../../../shared/contracts/stock/events.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { publish } from '../../../../shared/platform/events/bus.ts';
import { kitPorts } from '../../adapters/kit-ports.ts';
import { deriveKitAvailability } from '../../domain/derive-kit-availability.ts';

/** What a pool can sell of a component changed: so may what it can sell of its kits. A batch that fails comes again as a whole. */
export const build = (ports = kitPorts, send = publish) =>
  batchConsumer([availabilityChanged], async (messages) => {
    await send(await deriveKitAvailability(ports)(messages));
    return [];
  });

export const handler = build();
