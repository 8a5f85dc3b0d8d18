import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type Kit } from '../../../../shared/model/network/product.ts';
import { type Pool } from '../../../../shared/model/stock/counters.ts';
import { availabilityOfKit } from '../../../../shared/model/stock/kit-availability.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { here } from './here.ts';
import { type PoolNews } from './newest.ts';
import { type Listener, type PoolTold, hears, quantityFor } from './record-offers.ts';

/** What a channel may sell of a SKU by its pool now, and by which version of the pool. */
export interface Sellable {
  readonly quantity: number;
  readonly version: number;
}

/** A SKU and its listing on the channel, if it has one. */
export interface Stocked {
  readonly sku: string;
  readonly listing: Listing | undefined;
}

/**
 * What a channel is to be told of some SKUs by what their pools say now. Left out: what the channel is told nothing of, and what is neither in its pool nor a kit
 * of what is. Pools must be read after the listings that they are held against: what is recorded is then of no newer version than they are.
 */
export async function sellableOf(
  { pools: readings }: Pick<ChannelsPorts, 'pools'>,
  { channel, availability }: Listener,
  stocked: readonly Stocked[],
): Promise<ReadonlyMap<string, Sellable>> {
  const told = stocked.filter(({ listing }) => hears({ channel, availability }, listing && here(listing, channel)));
  const skus = told.map(({ sku }) => sku);
  const news = await newsOf({ pools: readings }, channel, skus);
  const shares = channel.fenced === true ? await readings.shares(channel.pool, channel.channelId, skus) : [];
  const shareBySku = new Map(shares.map((share) => [share.sku, share]));
  const ports = { shareOf: (sku: string) => Promise.resolve(shareBySku.get(sku)) };
  const quantities = news.map(async (one): Promise<[string, Sellable]> => {
    const quantity = await quantityFor(ports, channel, one);
    return [one.sku, { quantity, version: one.availability.version }];
  });
  return new Map(await Promise.all(quantities));
}

/** What pools say now of some SKUs, as their events would; nothing of what is neither in the pool nor a kit of what is. */
export async function newsOf(
  { pools: readings }: Pick<ChannelsPorts, 'pools'>,
  channel: Channel,
  skus: readonly string[],
): Promise<PoolTold[]> {
  const pools = await readings.of(channel.pool, skus);
  const pooled = new Set(pools.map(({ sku }) => sku));
  const kits = await readings.kits(skus.filter((sku) => !pooled.has(sku)));
  const components = new Set(kits.flatMap((kit) => kit.components.map(({ sku }) => sku)));
  const parts = await readings.of(channel.pool, [...components]);
  const said = [...pools.map(saidOf), ...kits.flatMap((kit) => saidOfKit(channel, kit, parts))];
  return said.map(({ sku, ...availability }) => ({ sku, pool: channel.pool, availability, eventIds: [] }));
}

type Said = PoolNews & { readonly sku: string };

const saidOf = ({ sku, ats, terms, version, cause }: Pool): Said => ({
  ...{ sku, ats, version, anew: true, changes: [{ version, time: cause.at }] },
  ...(terms && { terms }),
});

function saidOfKit(channel: Channel, kit: Kit, pools: readonly Pool[]): Said[] {
  const parts = kit.components.map((component) => ({
    component,
    pool: pools.find(({ sku }) => sku === component.sku),
  }));
  const [time] = parts
    .flatMap(({ pool }) => pool?.cause.at ?? [])
    .sort()
    .reverse();
  if (time === undefined) return [];
  const { version, ...said } = availabilityOfKit(kit, parts, [channel]);
  return [{ ...said, sku: kit.sku, version, anew: true, changes: [{ version, time }] }];
}
