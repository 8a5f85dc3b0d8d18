import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Listing, usualLowStock } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { wakeLane } from '../lanes/wake-lane.ts';
import { next } from './record.ts';
import { rewrite } from './rewrite.ts';
import { mostShown, withDue } from './urgency.ts';

/** The most that one call retries. */
const most = 1_000;
/** Listings written at once. */
const width = 16;

/** Which refused SKUs of a channel are told again; none named: all. */
export interface RetryOffersCall {
  readonly channelId: string;
  readonly skus?: readonly string[] | undefined;
  readonly now: string;
  readonly once?: OnceKey;
}

/** What came of it. */
export interface RetriedOffers {
  readonly retried: number;
  readonly more: boolean;
  /** Those of the named SKUs that are not listed on the channel. */
  readonly unknown: string[];
}

/** Has a channel told again what it refused. Each listing is written by itself: what a crash leaves undone, the same call does. Refusal: `not-found`. */
export const retryOffers =
  (ports: ChannelsPorts) =>
  async ({ channelId, skus, now, once }: RetryOffersCall): Promise<Result<RetriedOffers>> => {
    const channel = await ports.channel(channelId);
    if (channel === undefined) return noChannel(channelId);
    const named = skus === undefined ? await refusedSkus(ports, channelId) : { skus: [...new Set(skus)], more: false };
    const listings = await ports.listings(named.skus.map((sku) => ({ channelId, sku })));
    const refused = listings.filter(({ offer }) => offer?.refused !== undefined);
    const lowStock = channel.lowStock ?? usualLowStock;
    await atMost(width, refused, (listing) => rewrite(ports, listing, (current) => dueAgain(current, now, lowStock)));
    if (refused.length > 0) await wakeLane(ports, channel, 'stock', { now });
    const listed = new Set(listings.map(({ sku }) => sku));
    const unknown = skus === undefined ? [] : named.skus.filter((sku) => !listed.has(sku));
    const reply = { retried: refused.length, more: named.more, unknown };
    return decideAndCommit(ports.commit, () => Promise.resolve(ok({ changes: [], reply })), once);
  };

async function refusedSkus(
  ports: ChannelsPorts,
  channelId: string,
): Promise<{ readonly skus: string[]; readonly more: boolean }> {
  const skus: string[] = [];
  for await (const page of ports.offers.refused(channelId)) {
    skus.push(...page);
    if (skus.length >= most) return { skus: skus.slice(0, most), more: true };
  }
  return { skus, more: false };
}

/** Due from now on, whatever the channel is believed to show: somebody has mended something. */
function dueAgain(listing: Listing, now: string, lowStock: number): Listing | undefined {
  if (listing.offer?.refused === undefined) return undefined;
  const { refused: _refused, ...offer } = listing.offer;
  return next(listing, withDue(offer, { since: now, shown: mostShown(offer) }, { lowStock, byLocation: true, now }));
}
