import { atMost } from '../../../../shared/kernel/at-most.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type OpenFeed } from '../../../../shared/model/channels/lane.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type Lag } from '../../lane-ports.ts';
import { type DueOffers } from '../../offer-ports.ts';
import { type Acknowledgements, type AvailabilityConnector } from '../availability-connector.ts';
import { type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { attempt } from './attempt.ts';
import { rewrite } from './rewrite.ts';
import { sendable } from './sendable.ts';
import { type Sent, afterFeed, carried } from './settle.ts';
import { settlingOf } from './settling.ts';

/** When a channel is asked first what came of a feed, and how long it is left alone at most. */
const firstCheckSeconds = 30;
const longestCheckSeconds = 300;
/** The index is never so late: what a finished feed had carried is found by then. */
const lastLookSeconds = 60;
/** By then a feed is worked through, of which nobody knows whether the channel has it; and one that is not is given up. */
const lostFeedSeconds = 3_600;
const longestFeedSeconds = 21_600;
/** Listings read or written at once. */
const width = 16;

type Feed = NonNullable<AvailabilityConnector['feed']>;

/** Who submits a feed, and what it is to carry. */
interface Submission {
  readonly worker: LaneWorker;
  readonly held: NonNullable<LaneWorker['held']>;
  readonly feed: Feed;
  readonly sents: readonly Sent[];
}

/**
 * Submits what is due as a feed. That is noted on the lane before, and that all listings are marked with it after: where a worker dies in between, whatever
 * is told meanwhile is told again at the feed's end.
 */
export async function submitFeed(
  worker: LaneWorker,
  availability: AvailabilityConnector,
  found: DueOffers,
): Promise<StepOutcome> {
  const { clock, held } = worker;
  const skus = found.offers.map(({ sku }) => sku);
  const sents = await sendable(worker, availability, skus);
  const { feed } = availability;
  if (sents.length === 0 || feed === undefined || held === undefined) return { answered: 0, next: clock.now() };
  const submission = { worker, held, feed, sents };
  const now = clock.now();
  const ours = { feedId: `ours-${now}`, submittedAt: now, checkAt: plusSeconds(now, lostFeedSeconds) };
  const submitting = await keep(submission, { ...ours, stage: 'submitting' });
  const submitted = await attempt(async () =>
    feed.submit(
      await worker.connection(),
      sents.map(({ offer }) => offer),
    ),
  );
  if (!submitted.ok) return notSubmitted(submission, submitted.refusal, submitting);
  return mark(submission, availability, submitted.value.feedId);
}

/** Keeps what has become of a feed, in the place of what was kept of it before. @throws Error when the lane is another worker's by now */
async function keep({ worker, held }: Submission, feed: OpenFeed): Promise<readonly OpenFeed[]> {
  const feeds = [...(held.lane.feeds ?? []), feed];
  if (!(await worker.ports.lanes.keepFeeds(held.lane, held.by, feeds)))
    throw new Error(`the lane ${held.lane.lane} of ${held.lane.channelId} is another worker's by now`);
  return feeds;
}

/** Where nobody knows whether the channel has it, it counts as open; else none is tried for a while. Calls tell what is due. */
async function notSubmitted(
  submission: Submission,
  refusal: Refusal,
  submitting: readonly OpenFeed[],
): Promise<StepOutcome> {
  const { clock } = submission.worker;
  const { limit, retryAfterSeconds } = refusal.facts ?? {};
  const now = clock.now();
  if (refusal.code === 'provider-unavailable' && limit !== true)
    return { answered: 0, next: now, feeds: submitting, failure: refusal };
  const seconds = Math.max(firstCheckSeconds, Number(retryAfterSeconds ?? longestCheckSeconds));
  const feeds = await keep(submission, {
    feedId: `ours-${now}`,
    submittedAt: now,
    checkAt: plusSeconds(now, seconds),
    stage: 'refused',
  });
  return { answered: 0, next: clock.now(), feeds, ...(limit !== true && { failure: refusal }) };
}

async function mark(submission: Submission, availability: AvailabilityConnector, feedId: string): Promise<StepOutcome> {
  const { worker, sents } = submission;
  const { ports, clock } = worker;
  const now = clock.now();
  const feed = { feedId, submittedAt: now, checkAt: plusSeconds(now, firstCheckSeconds) };
  await keep(submission, { ...feed, stage: 'marking' });
  const how = settlingOf(worker, availability, now);
  await atMost(width, sents, (sent) => rewrite(ports, sent.listing, (current) => carried(current, sent, feedId, how)));
  return { answered: sents.length, next: clock.now(), feeds: await keep(submission, feed) };
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
    lags.push(...checked.lags);
    failure ??= checked.gaveUp;
    feeds = feeds.flatMap((one) => (one.feedId === feed.feedId ? (checked.feed ?? []) : one));
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

/** A feed that the channel gives up as a whole is told again: by calls, or by another one. While it cannot be asked for, calls go on. */
async function checkFeed(
  worker: LaneWorker,
  availability: AvailabilityConnector,
  { outcome }: Feed,
  feed: OpenFeed,
): Promise<Checked> {
  if (feed.stage === 'refused') return { lags: [] };
  const now = worker.clock.now();
  const how = settlingOf(worker, availability, now);
  const listings = await carriedBy(worker, feed.feedId);
  const ended: OpenFeed = { ...feed, stage: 'done', checkAt: plusSeconds(now, lastLookSeconds) };
  const answered = (answers: Acknowledgements | undefined) =>
    record(
      worker,
      listings.map((listing) => ({ listing, answer: answers && (answers.get(listing.sku) ?? ok(true)) })),
      feed,
      how,
    );
  if (feed.stage === 'done') return { lags: await answered(undefined) };
  if (feed.stage === 'submitting') return { lags: await answered(undefined), feed: ended };
  const asked = await attempt(async () => outcome(await worker.connection(), feed.feedId, listings.map(offerOf)));
  const later = laterCheck(feed, now, asked);
  if (later !== undefined) return { lags: [], feed: { ...feed, checkAt: later } };
  const lags = await answered(asked.ok && asked.value !== 'pending' ? asked.value : undefined);
  return { lags, feed: ended, ...(!asked.ok && { gaveUp: asked.refusal }) };
}

const offerOf = ({ sku, variantId, listingId, barcode, inventoryItemId }: Listing) => ({
  sku,
  ids: present({ variantId, listingId, barcode, inventoryItemId }),
});

/** A feed is asked for as often as it has taken already, within bounds; `undefined`: it is over, or given up. */
function laterCheck(
  { submittedAt }: OpenFeed,
  now: string,
  asked: Result<'pending' | Acknowledgements>,
): string | undefined {
  const takenSeconds = (Date.parse(now) - Date.parse(submittedAt)) / 1000;
  const isOpen = asked.ok ? asked.value === 'pending' : asked.refusal.code === 'provider-unavailable';
  if (!isOpen || takenSeconds > longestFeedSeconds) return undefined;
  const seconds = Math.min(longestCheckSeconds, Math.max(firstCheckSeconds, takenSeconds / 2));
  const told = asked.ok ? 0 : Number(asked.refusal.facts?.['retryAfterSeconds'] ?? 0);
  return plusSeconds(now, Math.max(seconds, told));
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
