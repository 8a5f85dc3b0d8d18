import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { publishedQuantity, termsFor } from '../../../shared/model/network/network.ts';
import { type Pool, type Position } from '../../../shared/model/stock/counters.ts';
import { type StockPorts } from '../ports.ts';

/** Where a SKU is: every position and pool. Refusal: `not-found` when no stock of it was ever recorded. */
export const readStock =
  (ports: Pick<StockPorts, 'stockOf'>) =>
  async (sku: string): Promise<Result<{ sku: string; positions: Position[]; pools: Pool[] }>> => {
    const { positions, pools } = await ports.stockOf(sku);
    if (positions.length + pools.length === 0) return refuse('not-found', `No stock of ${sku} was ever recorded.`);
    return ok({ sku, positions: [...positions], pools: [...pools] });
  };

/** What a channel may sell of a SKU. Refusals: `unknown-channel`, `unknown-sku`. */
export const readAvailability =
  (ports: Pick<StockPorts, 'stockOf' | 'channel'>) => async (channelId: string, sku: string, now: string) => {
    const [channel, { pools }] = await Promise.all([ports.channel(channelId), ports.stockOf(sku)]);
    if (channel === undefined) return refuse('unknown-channel', `There is no channel ${channelId}.`);
    const pool = pools.find(({ pool: name }) => name === channel.pool);
    if (pool === undefined)
      return refuse('unknown-sku', `No stock of ${sku} was ever recorded in pool ${channel.pool}.`);
    const { ats } = pool;
    const terms = termsFor(channel, pool);
    return ok({
      channelId,
      sku,
      pool: channel.pool,
      ats,
      buffer: terms.buffer,
      available: publishedQuantity(ats, channel.active, terms),
      asOf: now,
    });
  };
