import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Listing, usualLowStock } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { wakeLane } from '../lanes/wake-lane.ts';
import { hastened, waitingAlone } from './hasten.ts';
import { next } from './record.ts';
import { rewrite } from './rewrite.ts';
import { mostShown, withDue } from './urgency.ts';

/** The most that one call retries. */
const most = 1_000;
/** Listings written at once. */
const width = 16;

/** Which SKUs of a channel are told again at once; none named: all that it refused, and that it did not answer for. */
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
  /** Those of the named SKUs that need no retry, each with the reason; absent: none. */
  readonly untouched?: { readonly sku: string; readonly reason: string }[];
}

/**
 * Has a channel told again what it refused, and at once what it did not answer for. Each listing is written by itself: what a crash leaves undone, the same call does.
 * Refusal: `not-found`.
 */
export const retryOffers =
  (ports: ChannelsPorts) =>
  async ({ channelId, skus, now, once }: RetryOffersCall): Promise<Result<RetriedOffers>> => {
    const channel = await ports.channel(channelId);
    if (channel === undefined) return noChannel(channelId);
    const named =
      skus === undefined ? await stuckSkus(ports, channelId, now) : { skus: [...new Set(skus)], more: false };
    const listings = await ports.listings(named.skus.map((sku) => ({ channelId, sku })));
    const lowStock = channel.lowStock ?? usualLowStock;
    const again = (listing: Listing) => dueAgain(listing, now, lowStock) ?? hastened(listing, now);
    const stuck = listings.filter((listing) => again(listing) !== undefined);
    await atMost(width, stuck, (listing) => rewrite(ports, listing, again));
    if (stuck.length > 0) await wakeLane(ports, channel, 'stock', { now });
    const listed = new Set(listings.map(({ sku }) => sku));
    const unknown = skus === undefined ? [] : named.skus.filter((sku) => !listed.has(sku));
    const others = skus === undefined ? [] : listings.filter((listing) => !stuck.includes(listing));
    const untouched = others.map(({ sku, offer }) => ({ sku, reason: reasonOf(offer) }));
    const reply = { retried: stuck.length, more: named.more, unknown, ...(untouched.length > 0 && { untouched }) };
    return decideAndCommit(ports.commit, () => Promise.resolve(ok({ changes: [], reply })), once);
  };

/** Why there is nothing to retry. */
function reasonOf(offer: ListingOffer | undefined): string {
  if (offer === undefined) return 'It was never to be told: GET …/offers/{sku} says why.';
  if (offer.due !== undefined) return 'It is due already, and told as soon as the lane comes to it.';
  if (offer.feed !== undefined) return 'A feed carries it: what came of it is known at its end.';
  return 'The channel shows what it should.';
}

async function stuckSkus(
  ports: ChannelsPorts,
  channelId: string,
  now: string,
): Promise<{ readonly skus: string[]; readonly more: boolean }> {
  const [refused, aside] = await Promise.all([refusedSkus(ports, channelId), waitingAlone(ports, channelId, now)]);
  const skus = [...new Set([...aside.map(({ sku }) => sku), ...refused.skus])];
  return { skus: skus.slice(0, most), more: refused.more || skus.length > most };
}

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
