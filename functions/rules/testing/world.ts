import { type Channel, type Location } from '../../../shared/model/network/network.ts';
import { type StockRule, type RuleFloor } from '../../../shared/model/stock/rule.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { aChannel as plainChannel, aLocation, testNow } from '../../../shared/testing/world.ts';
import { type RulesPorts } from '../ports.ts';

/** A channel that sells from the pool `online`, with a buffer of its own. */
export const aChannel = (channelId: string, more: Partial<Channel> = {}): Channel =>
  plainChannel(channelId, { buffer: 1, ...more });

/** A rule in force, unless it says otherwise. */
export const aRule = (
  ruleId: string,
  floor: RuleFloor,
  more: Partial<Omit<StockRule, keyof RuleFloor>> = {},
): StockRule => ({
  ruleId,
  name: ruleId,
  state: 'ACTIVE',
  createdAt: testNow,
  updatedAt: testNow,
  version: 1,
  ...more,
  ...floor,
});

/** SKUs of one page: small, so that a test has several. */
const skusOfPage = 2;

/** The capability on a store in memory: three locations of the pool `online` and one that is closed to it, two channels. */
export function worldOf(...locations: Location[]): { readonly store: MemoryStore; readonly ports: RulesPorts } {
  const store = memoryStore();
  const { pool: _pool, ...outlet } = aLocation('outlet');
  store.given('location', aLocation('boston', { groups: ['northeast'] }), aLocation('newark'), outlet, ...locations);
  store.given('channel', aChannel('webshop'), aChannel('market', { buffer: 2 }));
  const skus = () => [...new Set(store.stock().positions.map(({ sku }) => sku))].sort();
  const ports: RulesPorts = {
    rule: (ruleId) => store.get('stockRule', { ruleId }),
    rules: () => Promise.resolve(store.all('stockRule')),
    channel: (channelId) => store.get('channel', { channelId }),
    channels: () => Promise.resolve(store.all('channel')),
    locations: () => Promise.resolve(store.all('location')),
    tagsOf: async (sku) => (await store.get('product', { sku }))?.tags ?? [],
    walk: (walkId) => store.get('stockWalk', { walkId }),
    stockOf: (sku) => store.stockOf(sku),
    shareOf: (sku, pool, channel) => store.shareOf(sku, pool, channel),
    skuPage: async (cursor) => {
      const rest = skus().filter((sku) => cursor === undefined || sku > cursor);
      const page = rest.slice(0, skusOfPage);
      const last = page.at(-1);
      return {
        skus: await Promise.all(page.map(async (sku) => ({ sku, ...(await store.stockOf(sku)) }))),
        ...(rest.length > skusOfPage && last !== undefined && { cursor: last }),
      };
    },
    commit: store.commit,
  };
  return { store, ports };
}
