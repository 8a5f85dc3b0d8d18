import { settingOf } from '../../../domain/connector-needs.ts';
import { type AvailabilityConnector } from '../../../domain/availability-connector.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { needs } from '../needs.ts';
import { publishByLocation } from './by-location.ts';
import { outcome, submit } from './feed.ts';
import { patchQuantity, placeOf } from './patch.ts';
import { quantities } from './read.ts';

/**
 * How stock reaches Amazon: a patch of each listing, five a second; in a feed, from as many on as patches take half an hour for; by location, ten of them a
 * call. Listings that Amazon ships itself are to be no listings of the channel here.
 */
export const availability: AvailabilityConnector = {
  shows: (channel, listing) => {
    const { sellerId, marketplaceId } = placeOf({ channel });
    const isSeller = settingOf(channel, needs, 'program') === 'seller';
    return listing !== undefined && isSeller && sellerId !== '' && marketplaceId !== '';
  },
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
