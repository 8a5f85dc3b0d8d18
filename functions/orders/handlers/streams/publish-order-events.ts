import { publish } from '../../../../shared/platform/events/bus.ts';
import { eventsOf } from '../../../../shared/platform/streams/publish-item-events.ts';
import { streamHandler } from '../../../../shared/platform/streams/stream-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { storyOf } from '../../domain/story.ts';

/**
 * Publishes the events that orders, fulfillment orders and returns carry, and keeps them in their order's timeline: here, because a consumer
 * of its own for every event would cost as much as all else that stores an order's story. Either may come again; the same event is the same.
 */
export const build = (ports = awsPorts, send = publish) =>
  streamHandler(async (changes) => {
    const events = changes.flatMap((change) => eventsOf(change));
    await Promise.all([send(events), ports.keepTimeline(storyOf(events))]);
  });

export const handler = build();
