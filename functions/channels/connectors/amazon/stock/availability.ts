import { type Channel } from '../../../../../shared/model/network/network.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type AvailabilityConnector } from '../../../domain/availability-connector.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { needs } from '../needs.ts';
import { publishByLocation } from './by-location.ts';
import { outcome, submit } from './feed.ts';
import { patchQuantity, placeOf } from './patch.ts';
import { quantities } from './read.ts';

const isSeller = (channel: Pick<Channel, 'settings'>): boolean => settingOf(channel, needs, 'program') === 'seller';

/**
 * How stock reaches Amazon: a patch of each listing, five a second; in a feed, from as many on as patches take half an hour for; by location, ten of them a
 * call. Listings that Amazon ships itself are to be no listings of the channel here.
 */
export const availability: AvailabilityConnector = {
  lacksSetting: (channel) => {
    const { sellerId, marketplaceId } = placeOf({ channel });
    const missing = Object.entries({ sellerId, marketplaceIds: marketplaceId }).flatMap(([name, value]) =>
      value === '' ? [name] : [],
    );
    return missing.length === 0 || !isSeller(channel) ? undefined : `give its setting ${missing.join(' and ')}`;
  },
  lacks: (channel) => (isSeller(channel) ? undefined : 'Amazon is told the stock of sellers alone, not of vendors'),
  target: sellerSku,
  batch: 10,
  byLocation: true,
  publish: (connection, offers) =>
    connection.channel.stockByLocation === true
      ? publishByLocation(connection, offers)
      : oneByOne(offers, (offer) => patchQuantity(connection, offer)),
  feed: { from: 9_000, most: 5_000, submit, outcome },
  // A patch is accepted at once, and seen in the listing minutes later.
  read: { batch: 10, settlesSeconds: 600, quantities },
};
