import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Clock } from '../../../../shared/kernel/time.ts';
import { atMost } from '../../../../shared/kernel/at-most.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import {
  type Channel,
  type Listing,
  publishedQuantity,
  termsFor,
  usualLowStock,
} from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type AvailabilityConnector, isToldBy } from '../availability-connector.ts';
import { wakeLane } from '../lanes/wake-lane.ts';
import { soldOutChanges } from '../publications/sold-out.ts';
import { isByLocation } from './by-location.ts';
import { here, movesOf } from './here.ts';
import { type AvailabilityMessage, type News, type ShelfMessage, newestOf } from './newest.ts';
import { recorded } from './record.ts';
import { type Judged } from './urgency.ts';

/** A channel, and how stock reaches it. */
export interface Listener {
  readonly channel: Channel;
  readonly availability: AvailabilityConnector;
}

/** Something to be recorded: what news say to a channel, and its listing as it was read with the others. */
export interface Entry extends Listener {
  readonly news: News;
  readonly listing: Listing | undefined;
}

/** What failed: for which events, and why. */
export interface RecordFailure {
  readonly eventIds: readonly string[];
  readonly channelId: string;
  readonly sku: string;
  readonly error: unknown;
}

/** Listings written at once. */
const width = 16;

/**
 * Records what every channel of a pool should show now, and wakes their lanes: each once, and only where something is due. A paused channel is not
 * recorded; when it is resumed, all is told to it anew. Nor is a listing that was taken out; when it is put again, it is told anew.
 * @returns what failed; those events must come again
 */
export const recordOffers =
  (ports: ChannelsPorts, clock: Clock) =>
  async (messages: readonly (AvailabilityMessage | ShelfMessage)[]): Promise<readonly RecordFailure[]> => {
    const entries = await entriesOf(ports, newestOf(messages));
    const outcomes = await atMost(width, entries, (entry) => recordEntry(ports, entry, clock.now()));
    await Promise.all(
      [...Map.groupBy(outcomes, ({ channel }) => channel)].map(([channel, of]) =>
        wake(ports, channel, of, clock.now()),
      ),
    );
    return outcomes.flatMap(({ failure }) => failure ?? []);
  };

/** Wakes the lanes that have something to do now; what goes or comes back with its stock is the lane of listings'. */
async function wake(ports: ChannelsPorts, channel: Channel, of: readonly Recorded[], now: string): Promise<void> {
  const [at] = of.flatMap(({ dueAt }) => dueAt ?? []).sort();
  if (at !== undefined) await wakeLane(ports, channel, 'stock', { now, at });
  if (of.some(({ isShownOtherwise }) => isShownOtherwise)) await wakeLane(ports, channel, 'listings', { now });
}

/** What the news say to whom, with the listings of all of them, read together. */
async function entriesOf(ports: ChannelsPorts, news: readonly News[]): Promise<Entry[]> {
  if (news.length === 0) return [];
  const told = (await ports.channels()).flatMap((channel) => {
    const { availability } = ports.connectorOf(channel.type);
    if (availability === undefined || channel.paused === true) return [];
    return news
      .filter((one) => concerns(one, channel, availability))
      .map((one) => ({ channel, availability, news: one }));
  });
  const keyOf = (channelId: string, sku: string) => JSON.stringify([channelId, sku]);
  const listings = await ports.listings(told.map(({ channel: { channelId }, news: { sku } }) => ({ channelId, sku })));
  const byKey = new Map(listings.map((listing) => [keyOf(listing.channelId, listing.sku), listing]));
  return told.map((one) => ({ ...one, listing: byKey.get(keyOf(one.channel.channelId, one.news.sku)) }));
}

const concerns = ({ pool, availability: ats }: News, channel: Channel, availability: AvailabilityConnector): boolean =>
  pool === channel.pool && (ats !== undefined || isByLocation(channel, availability));

interface Recorded {
  readonly channel: Channel;
  readonly dueAt?: string;
  readonly isShownOtherwise?: true;
  readonly failure?: RecordFailure;
}

/** A listing as it is kept, and whether its publication is to be looked at. */
export interface Kept {
  readonly listing?: Listing;
  readonly isShownOtherwise?: true;
}

async function recordEntry(ports: ChannelsPorts, entry: Entry, now: string): Promise<Recorded> {
  const { channel, news } = entry;
  try {
    const kept = await record(ports, entry, now);
    if (!kept.ok) throw new Error(kept.refusal.detail);
    const { listing, isShownOtherwise } = kept.value;
    const dueAt = listing?.offer?.due?.at;
    return { channel, ...(dueAt !== undefined && { dueAt }), ...(isShownOtherwise && { isShownOtherwise }) };
  } catch (error) {
    const { eventIds, sku } = news;
    return { channel, failure: { eventIds, channelId: channel.channelId, sku, error } };
  }
}

/** Decides by the listing that was read with the others; by a new reading where it has changed meanwhile. */
function record(ports: ChannelsPorts, entry: Entry, now: string): Promise<Result<Kept>> {
  const { channel, news } = entry;
  let isFirst = true;
  return decideAndCommit<Kept>(ports.commit, async () => {
    const listing = isFirst ? entry.listing : await ports.listing(channel.channelId, news.sku);
    isFirst = false;
    return ok(await recording(ports, { ...entry, listing }, now));
  });
}

/** What records news on a listing that was read; no changes where they are nothing new. */
export async function recording(
  ports: ChannelsPorts,
  { channel, availability, news, listing }: Entry,
  now: string,
): Promise<Decision<Kept>> {
  const current = listing && here(listing, channel);
  if (!hears({ channel, availability }, current)) return { changes: [], reply: {} };
  const quantity = isOfPool(news) ? await quantityFor(ports, channel, news) : undefined;
  const how = judgedBy(channel, availability, now);
  const wish = { news, ...(quantity !== undefined && { quantity }) };
  const write = recorded(current ?? { channelId: channel.channelId, sku: news.sku, version: 0 }, wish, how);
  if (write === undefined) return { changes: [], reply: current ? { listing: current } : {} };
  const put = current === undefined ? create('listing', write) : replace('listing', write, current.version);
  const shown = await soldOutChanges(ports, channel, { before: current, after: write, now });
  return {
    changes: [put, ...shown],
    reply: { listing: write, ...(shown.length > 0 && { isShownOtherwise: true }) },
  };
}

/** Whether a channel is to be told of the stock of a listing: it shows it, or has not been told yet that it shows nothing. */
export const hears = ({ channel, availability }: Listener, listing: Listing | undefined): boolean =>
  isToldBy(availability, channel, listing) && !isSilent(channel, listing) && listing?.out === undefined;

/** By what the urgency of a channel's change is judged. */
const judgedBy = (channel: Channel, availability: AvailabilityConnector, now: string): Judged => ({
  lowStock: channel.lowStock ?? usualLowStock,
  byLocation: isByLocation(channel, availability),
  ...movesOf(channel),
  now,
});

/** A channel that is not active shows nothing: one that was told so, or never told anything, need not be told again. */
const isSilent = ({ active }: Channel, listing: Listing | undefined): boolean =>
  !active && (listing?.offer === undefined || (listing.offer.wanted === 0 && listing.offer.due === undefined));

/** News that say what a pool can sell. */
export type PoolTold = News & Required<Pick<News, 'availability'>>;
const isOfPool = (news: News): news is PoolTold => news.availability !== undefined;

/** What the channel may show. Its own units are read only where it ever had any; when they change, a newer version of the pool follows. */
export async function quantityFor(
  ports: Pick<ChannelsPorts, 'shareOf'>,
  channel: Channel,
  { sku, pool, availability: { ats, terms } }: PoolTold,
): Promise<number> {
  const share = channel.fenced === true ? await ports.shareOf(sku, pool, channel.channelId) : undefined;
  return publishedQuantity(ats, channel.active, termsFor(channel, terms && { terms }), share?.fenced);
}
