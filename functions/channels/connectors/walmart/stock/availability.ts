import { type AvailabilityConnector } from '../../../domain/availability-connector.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { outcome, submit } from './feed.ts';
import { publish } from './inventory.ts';
import { quantities } from './read.ts';

/**
 * How stock reaches Walmart: a call for each SKU, 200 a minute; in a feed, from as many on as calls take half an hour for, which is what Walmart
 * [allows itself for one](https://marketplacelearn.walmart.com/guides/Item%20setup/Item%20setup/Track-item-setup-or-maintenance-activity-in-Seller-Center). A feed carries no more than can be
 * looked through in a run when some of it fails (100 pages); Walmart itself would take 10,000.
 */
export const availability: AvailabilityConnector = {
  target: sellerSku,
  batch: 10,
  byLocation: true,
  publish,
  feed: { from: 6_000, most: 5_000, submit, outcome },
  read: { batch: 10, quantities },
};
