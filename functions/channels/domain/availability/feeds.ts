import { atMost } from '../../../../shared/kernel/at-most.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type OpenFeed } from '../../../../shared/model/channels/lane.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type Lag } from '../../lane-ports.ts';
import { type DueOffers } from '../../offer-ports.ts';
import { type AvailabilityConnector } from '../connector.ts';
import { type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { rewrite } from './rewrite.ts';
import { sendable } from './sendable.ts';
import { afterFeed, carried } from './settle.ts';
import { settlingOf } from './settling.ts';

/** When a channel is asked first what came of a feed, and how long it is left alone at most. */
const firstCheckSeconds = 30;
const longestCheckSeconds = 300;
/** The index is never so late: what a finished feed had carried is found by then. */
const lastLookSeconds = 60;
/** Listings read or written at once. */
const width = 16;

type Feed = NonNullable<AvailabilityConnector['feed']>;

/** Submits what is due as a feed. Kept on the lane before any listing is marked: of a crash in between, all is due still, and submitted again. */
export async function submitFeed(
  worker: LaneWorker,
  availability: AvailabilityConnector & { readonly feed?: Feed },
  found: DueOffers,
): Promise<StepOutcome> {
  const { ports, clock, held } = worker;
  const sents = await sendable(
    worker,
    availability,
    found.offers.map(({ sku }) => sku),
  );
  const next = clock.now();
  if (sents.length === 0 || availability.feed === undefined || held === undefined) return { answered: 0, next };
  const submitted = await availability.feed.submit(
    await worker.connection(),
    sents.map(({ offer }) => offer),
  );
  if (!submitted.ok) return { answered: 0, next, failure: submitted.refusal };
  const now = clock.now();
  const { feedId } = submitted.value;
  const feeds = [
    ...(held.lane.feeds ?? []),
    { feedId, submittedAt: now, checkAt: plusSeconds(now, firstCheckSeconds) },
  ];
  if (!(await ports.lanes.keepFeeds(held.lane, held.by, feeds))) return { answered: 0, next };
  const how = settlingOf(worker, availability, now);
  await atMost(width, sents, (sent) => rewrite(ports, sent.listing, (current) => carried(current, sent, feedId, how)));
  return { answered: sents.length, next, feeds };
}

/** Asks what came of the feeds whose time it is, and records it. */
export async function checkFeeds(worker: LaneWorker, availability: AvailabilityConnector): Promise<StepOutcome> {
  const { held, ports, clock } = worker;
  if (availability.feed === undefined || held?.lane.feeds === undefined) return { answered: 0 };
  let feeds: readonly OpenFeed[] = held.lane.feeds;
  const lags: Lag[] = [];
  let failure: Refusal | undefined;
  for (const feed of feeds.filter(({ checkAt }) => checkAt <= clock.now())) {
    const checked = await checkFeed(worker, availability, availability.feed, feed);
    if (!checked.ok) return { answered: 0, lags, failure: checked.refusal };
    lags.push(...checked.value.lags);
    const kept = checked.value.feed;
    failure ??= checked.value.gaveUp;
    feeds = feeds.flatMap((one) => (one.feedId === feed.feedId ? (kept ?? []) : one));
    if (!(await ports.lanes.keepFeeds(held.lane, held.by, feeds))) return { answered: 0, lags };
  }
  return { answered: lags.length, lags, feeds, ...(failure && { failure }) };
}

interface Checked {
  readonly lags: readonly Lag[];
  /** As it is to be kept; absent: it is over. */
  readonly feed?: OpenFeed;
  /** Why the channel gave it up as a whole. */
  readonly gaveUp?: Refusal;
}

/** A feed that the channel gives up as a whole is told again: by calls, or by another one. */
async function checkFeed(
  worker: LaneWorker,
  availability: AvailabilityConnector,
  { outcome }: Feed,
  feed: OpenFeed,
): Promise<Result<Checked>> {
  const now = worker.clock.now();
  const how = settlingOf(worker, availability, now);
  const listings = await carriedBy(worker, feed.feedId);
  if (feed.done === true) {
    const late = listings.map((listing) => ({ listing, answer: undefined }));
    await record(worker, late, feed, how);
    return ok({ lags: [] });
  }
  const offers = listings.map(({ sku, variantId, listingId, barcode, inventoryItemId }) => ({
    sku,
    ids: present({ variantId, listingId, barcode, inventoryItemId }),
  }));
  const asked = await outcome(await worker.connection(), feed.feedId, offers);
  if (!asked.ok && asked.refusal.code === 'provider-unavailable') return asked;
  if (asked.ok && asked.value === 'pending') return ok({ lags: [], feed: { ...feed, checkAt: laterCheck(feed, now) } });
  const answers = asked.ok && asked.value !== 'pending' ? asked.value : undefined;
  const told = listings.map((listing) => ({
    listing,
    answer: answers && (answers.get(listing.sku) ?? ok(true as const)),
  }));
  const lags = await record(worker, told, feed, how);
  const gaveUp = asked.ok ? undefined : asked.refusal;
  return ok({
    lags,
    ...(gaveUp && { gaveUp }),
    feed: { ...feed, done: true, checkAt: plusSeconds(now, lastLookSeconds) },
  });
}

/** A feed is asked for as often as it has taken already, within bounds. */
function laterCheck({ submittedAt }: OpenFeed, now: string): string {
  const takenSeconds = (Date.parse(now) - Date.parse(submittedAt)) / 1000;
  return plusSeconds(now, Math.min(longestCheckSeconds, Math.max(firstCheckSeconds, takenSeconds / 2)));
}

async function carriedBy({ ports, channel: { channelId } }: LaneWorker, feedId: string): Promise<Listing[]> {
  const listings: Listing[] = [];
  for await (const skus of ports.offers.inFeed(channelId, feedId))
    listings.push(...(await ports.listings(skus.map((sku) => ({ channelId, sku })))));
  return listings.filter(({ offer }) => offer?.feed?.feedId === feedId);
}

async function record(
  { ports }: LaneWorker,
  told: readonly { readonly listing: Listing; readonly answer: Result<true> | undefined }[],
  feed: OpenFeed,
  how: ReturnType<typeof settlingOf>,
): Promise<Lag[]> {
  const lags = await atMost(width, told, async ({ listing, answer }): Promise<Lag | undefined> => {
    await rewrite(ports, listing, (current) => afterFeed(current, feed, answer, how));
    const since = listing.offer?.feed?.since ?? how.now;
    const milliseconds = Math.max(0, Date.parse(how.now) - Date.parse(since));
    return answer?.ok === true ? { urgency: 'fall', milliseconds } : undefined;
  });
  return lags.filter((lag) => lag !== undefined);
}
