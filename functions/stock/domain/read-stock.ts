import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { publishedQuantity, termsFor } from '../../../shared/model/network/network.ts';
import { type Pool, type Position, type Share, type Terms } from '../../../shared/model/stock/counters.ts';
import { type StockPorts } from '../ports.ts';
import { kitFor } from './read-kit.ts';

/** A SKU as it is shown: where it is, what may be sold of it, and what channels have of it for themselves. */
export interface ShownStock {
  readonly sku: string;
  readonly positions: Position[];
  readonly pools: (Omit<Pool, 'terms'> & { readonly terms?: Record<string, ReturnType<typeof shownTerms>> })[];
  readonly shares: Share[];
}

/** Where a SKU is: every position, pool and share. Refusal: `not-found` when no stock of it was ever recorded. */
export const readStock =
  (ports: Pick<StockPorts, 'stockOf'>) =>
  async (sku: string): Promise<Result<ShownStock>> => {
    const { positions, pools, shares } = await ports.stockOf(sku);
    if (positions.length + pools.length === 0) return refuse('not-found', `No stock of ${sku} was ever recorded.`);
    return ok({ sku, positions: [...positions], pools: pools.map(shownPool), shares: [...shares] });
  };

const shownPool = ({ terms, ...pool }: Pool) => ({
  ...pool,
  ...(terms && {
    terms: Object.fromEntries(Object.entries(terms).map(([channel, one]) => [channel, shownTerms(one)])),
  }),
});

const shownTerms = ({ buffer, sharePercent, cap, rules }: Terms) => ({
  buffer,
  sharePercent,
  ...(cap !== undefined && { cap }),
  rules: [...rules],
});

/** What a channel may sell of a SKU, a kit among them, and by which terms. Refusals: `unknown-channel`, `unknown-sku`. */
export const readAvailability =
  (ports: Pick<StockPorts, 'stockOf' | 'channel' | 'product'>) =>
  async (channelId: string, sku: string, now: string) => {
    const [channel, { pools, shares }] = await Promise.all([ports.channel(channelId), ports.stockOf(sku)]);
    if (channel === undefined) return refuse('unknown-channel', `There is no channel ${channelId}.`);
    const pool = pools.find(({ pool: name }) => name === channel.pool);
    if (pool === undefined) {
      const kit = await kitFor(ports, channel, sku);
      return kit.ok ? ok({ channelId, sku, pool: channel.pool, ...kit.value, asOf: now }) : kit;
    }
    const { ats } = pool;
    const terms = termsFor(channel, pool);
    const own = shares.find((share) => share.pool === channel.pool && share.channel === channelId);
    const fenced = own?.fenced ?? 0;
    const available = publishedQuantity(ats, channel.active, terms, fenced);
    return ok({ channelId, sku, pool: channel.pool, ats, ...shownTerms(terms), fenced, available, asOf: now });
  };
