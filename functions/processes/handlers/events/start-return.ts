import { returnAuthorized } from '../../../../shared/contracts/returns/events.ts';
import { secondsFromEnvironment } from '../../../../shared/platform/config.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';

/** Starts a return's process. `RETURN_WINDOW_SECONDS`: how long its goods are waited for. */
export const build = (ports = awsPorts) =>
  eventConsumer([returnAuthorized], ({ data: { returnId } }) =>
    ports.start(returnId, { returnId, windowSeconds: secondsFromEnvironment('RETURN_WINDOW_SECONDS') }),
  );

export const handler = build();
