import { webhookReceived } from '../../../../shared/contracts/channels/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { mapWebhook } from '../../domain/map-webhook.ts';

/** Maps a delivery that was stored; one that others kept changing comes again. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([webhookReceived], async ({ data }) => {
    const mapped = await mapWebhook(ports)(data.inboxId, clock.now());
    if (!mapped.ok) throw new Error(mapped.refusal.detail);
  });

export const handler = build();
