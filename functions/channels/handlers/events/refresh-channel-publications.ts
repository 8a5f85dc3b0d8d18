import { channelMoved, hidingChanged, priceListChanged } from '../../../../shared/contracts/network/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { walkChannels } from '../../domain/publications/walk.ts';

/** Has all publications of channels looked at again whose price lists or rule have changed, or that have moved. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([priceListChanged, hidingChanged, channelMoved], ({ data }) =>
    walkChannels(ports)('channels' in data ? data.channels : [data.channelId], clock.now()),
  );

export const handler = build();
