import { safetyUnsettled } from '../../../../shared/contracts/rules/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { settleSafety } from '../../domain/settle-safety.ts';

/** Lets a shelf's safety stock follow its target as stock comes and goes. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([safetyUnsettled], ({ data }) => settleSafety(ports)(data, clock.now()));

export const handler = build();
