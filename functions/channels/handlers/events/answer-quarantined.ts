import { webhookQuarantined } from '../../../../shared/contracts/channels/events.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { answerQuarantined } from '../../domain/quarantine/answer-quarantined.ts';

/** Answers the sender of a delivery that needs a person first, where it waits for a word. */
export const build = (ports = awsPorts) =>
  eventConsumer([webhookQuarantined], ({ data }) => answerQuarantined(ports)(data.inboxId));

export const handler = build();
