import {
  channelNoticeDismissed,
  channelNoticeRefused,
  channelNoticeTold,
} from '../../../../shared/contracts/channels/notice-events.ts';
import { promiseMoved } from '../../../../shared/contracts/supply/promise-events.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { storyOf } from '../../domain/story.ts';

/** Keeps events of an order's story that come from elsewhere in its timeline. The same event is the same item, so a repeat changes nothing. */
export const build = (ports = awsPorts) =>
  batchConsumer([promiseMoved, channelNoticeTold, channelNoticeRefused, channelNoticeDismissed], async (messages) => {
    await ports.keepTimeline(storyOf(messages));
    return [];
  });

export const handler = build();
