import { hidingChanged, priceListChanged } from '../../../../shared/contracts/network/events.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { refreshChannels } from '../../domain/publications/refresh.ts';

/** Looks at all publications of channels again whose price lists or rule have changed. */
export const build = (ports = awsPorts, clock = systemClock) =>
  eventConsumer([priceListChanged, hidingChanged], ({ data }) =>
    refreshChannels(ports)('channels' in data ? data.channels : [data.channelId], () => clock.now()),
  );

export const handler = build();
