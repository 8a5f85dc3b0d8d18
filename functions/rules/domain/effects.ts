import { type PreviewExample, type PreviewTotals } from '../../../shared/contracts/rules/rule-resource.ts';
import { type Channel, publishedQuantity, termsFor } from '../../../shared/model/network/network.ts';
import { type Pool } from '../../../shared/model/stock/counters.ts';
import { type SkuStock } from '../ports.ts';
import { type Plan, type ShelfPlan, type View } from './plan.ts';

/** What a plan would do to one SKU: shelves that would change, and every channel's sale of it, changed or not. */
export interface Effects {
  readonly shelves: readonly Extract<PreviewExample, { kind: 'shelf' }>[];
  readonly pools: number;
  readonly sales: readonly Extract<PreviewExample, { kind: 'channel' }>[];
}

/** What a plan would do to one SKU, worked out as publication will do it. */
export const effectsOf = ({ pools, shares }: SkuStock, plan: Plan, { channels }: View): Effects => ({
  shelves: plan.shelves.map(shelfEffect),
  pools: plan.pools.length,
  sales: pools.flatMap((pool) =>
    (channels.get(pool.pool) ?? []).map((channel) => {
      const own = shares.find((share) => share.pool === pool.pool && share.channel === channel.channelId);
      return saleOf(pool, channel, plan, own?.fenced ?? 0);
    }),
  ),
});

const shelfEffect = ({ position, safety, target, why }: ShelfPlan): Effects['shelves'][number] => ({
  kind: 'shelf',
  sku: position.sku,
  location: position.location,
  before: withTarget(position.safety, position.safetyTarget),
  after: withTarget(safety, target),
  rules: [...why],
});

const withTarget = (safety: number, target: number | undefined) => ({
  safety,
  ...(target !== undefined && { target }),
});

function saleOf(before: Pool, channel: Channel, { shelves, pools }: Plan, fenced: number): Effects['sales'][number] {
  const withheld = shelves
    .filter(({ position }) => position.pool === before.pool)
    .reduce((sum, { position, safety }) => sum + safety - position.safety, 0);
  const planned = pools.find(({ pool }) => pool.pool === before.pool);
  const terms = planned === undefined ? before.terms : planned.terms;
  const after = { ats: before.ats - withheld, ...(terms && { terms }) };
  const rules = termsFor(channel, after).rules;
  return {
    kind: 'channel',
    sku: before.sku,
    pool: before.pool,
    channelId: channel.channelId,
    before: told(before, channel, fenced),
    after: told(after, channel, fenced),
    rules: [...rules],
  };
}

function told(pool: Pick<Pool, 'ats' | 'terms'>, channel: Channel, fenced: number) {
  const { rules: _rules, ...terms } = termsFor(channel, pool);
  return { published: publishedQuantity(pool.ats, channel.active, { ...terms, rules: [] }, fenced), ...terms };
}

/** No SKU looked at yet. */
export const nothingYet: PreviewTotals = {
  skus: 0,
  positions: { changed: 0, withheld: 0, released: 0 },
  pools: { changed: 0 },
  channels: [],
};

/** The totals with one SKU more. Channels are those that would be told another quantity of some SKU. */
export function totalled(totals: PreviewTotals, { shelves, pools, sales }: Effects): PreviewTotals {
  const positions = { ...totals.positions };
  for (const { before, after } of shelves) {
    positions.changed += 1;
    positions.withheld += Math.max(0, after.safety - before.safety);
    positions.released += Math.max(0, before.safety - after.safety);
  }
  const channels = new Map(totals.channels.map((one) => [one.channelId, { ...one }]));
  for (const { channelId, before, after } of sales.filter(isChanged)) {
    const known = channels.get(channelId) ?? noListings(channelId);
    channels.set(channelId, {
      channelId,
      listings: known.listings + 1,
      before: known.before + before.published,
      after: known.after + after.published,
      withheld: known.withheld + Math.max(0, before.published - after.published),
      released: known.released + Math.max(0, after.published - before.published),
    });
  }
  return {
    skus: totals.skus + 1,
    positions,
    pools: { changed: totals.pools.changed + pools },
    channels: [...channels.values()],
  };
}

const noListings = (channelId: string) => ({ channelId, listings: 0, before: 0, after: 0, withheld: 0, released: 0 });

/** True of a sale whose quantity would be another. */
export const isChanged = ({ before, after }: Effects['sales'][number]): boolean => before.published !== after.published;
