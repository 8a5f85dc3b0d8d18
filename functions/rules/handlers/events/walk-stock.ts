import { stockWalkAsked } from '../../../../shared/contracts/rules/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { walkStock } from '../../domain/walk-stock.ts';

/** Well within the function's timeout: a page that is begun must end. */
const seconds = 40;

/** Walks over stock and applies the rules. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([stockWalkAsked], ({ data }) => walkStock(ports, clock, seconds)(data));

export const handler = build();
