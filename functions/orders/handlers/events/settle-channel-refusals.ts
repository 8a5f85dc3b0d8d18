import {
  channelNoticeDismissed,
  channelNoticeRefused,
  channelNoticeTold,
} from '../../../../shared/contracts/channels/notice-events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { settleRefusals } from '../../domain/settle-refusals.ts';

/** Tells a person what the channel of an order refuses to be told, until it has taken it. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([channelNoticeTold, channelNoticeRefused, channelNoticeDismissed], ({ data }) =>
    settleRefusals(ports)(data.orderId, clock.now()),
  );

export const handler = build();
