import { places } from '../../shared/model/places.ts';
import { type Channel, type Listing } from '../../shared/model/network/network.ts';
import { networkOf, seedTables, stocked, stockItems, type Stocked } from '../stock/seed.ts';
import { type OpenedAccount } from './protocol.ts';

/** Units of each SKU to begin with, at one location. */
export const units = 10_000;
/** Before anything that is measured. */
const longAgo = '2026-01-01T00:00:00.000Z';

/** What is sold: one pool at one location. */
export const assortmentOf = (skus: number): Stocked => stocked('sync', skus, 1, units);

/** The name of an account's channel. */
export const channelIdOf = ({ type }: Pick<OpenedAccount, 'type'>): string => `sync-${type}`;

/** Writes a pool, its channels, and listings of every SKU on each that show what there is, as if they had been told long ago. */
export const seedSync = (dataDir: string, stock: Stocked, accounts: readonly OpenedAccount[]): Promise<void> =>
  seedTables(dataDir, [
    { table: 'network', items: networkOf(stock) },
    { table: 'network', items: channelsOf(stock, accounts) },
    { table: 'stock', items: stockItems(stock) },
    { table: 'listings', items: listingsOf(stock, accounts) },
  ]);

function* channelsOf({ pool }: Stocked, accounts: readonly OpenedAccount[]): Generator<object> {
  for (const account of accounts) {
    const channel: Channel = {
      ...{ channelId: channelIdOf(account), name: account.type, type: account.type, settings: account.settings, pool },
      ...{ currency: 'USD', buffer: 0, onShortage: 'backorder', endpoint: { kind: 'none' }, active: true },
      ...{ version: 1, updatedAt: longAgo },
    };
    yield { ...places.channel.key(channel), ...channel };
  }
}

function* listingsOf({ pool, skus, locations }: Stocked, accounts: readonly OpenedAccount[]): Generator<object> {
  const wanted = units * locations.length;
  const offer = { wanted, wantedVersion: locations.length, wantedPool: pool, wantedAt: longAgo };
  for (const account of accounts)
    for (const [index, sku] of skus.entries()) {
      const listing: Listing = {
        ...{ channelId: channelIdOf(account), sku, ...account.ids[index], version: 1 },
        offer: { ...offer, published: wanted, publishedAt: longAgo },
      };
      yield { ...places.listing.key(listing), ...listing };
    }
}
