import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type Lag } from '../../lane-ports.ts';
import { type DueOffers } from '../../offer-ports.ts';
import { type Acknowledgements, type AvailabilityConnector } from '../connector.ts';
import { type LaneStep, type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { checkFeeds, submitFeed } from './feeds.ts';
import { rewrite } from './rewrite.ts';
import { sendable } from './sendable.ts';
import { settlingOf } from './settling.ts';
import { type Sent, type Settling, refusedBy, taken, unanswered } from './settle.ts';

/** Listings written at once. */
const width = 16;
/** Of so many one is tried where the channel failed lately. */
const probes = 10;

/**
 * Tells a channel what it may sell: the most urgent first, as many as one call takes; what is not urgent by a feed, where enough has gathered. Nothing is written
 * before a call: after a crash the same is told once more, without saying what the channel showed before.
 */
export const stockStep: LaneStep = async (worker) => {
  const { availability } = worker.connector;
  if (availability === undefined) return { answered: 0 };
  const checked = await checkFeeds(worker, availability);
  if (checked.failure !== undefined) return checked;
  const told = await tellDue(withFeeds(worker, checked.feeds), availability);
  const feeds = told.feeds ?? checked.feeds;
  const [nextCheck] = (feeds ?? worker.held?.lane.feeds ?? []).map(({ checkAt }) => checkAt).sort();
  const [next] = [told.next, nextCheck].filter((time) => time !== undefined).sort();
  const { next: _next, ...rest } = told;
  return {
    ...rest,
    answered: checked.answered + told.answered,
    lags: [...(checked.lags ?? []), ...(told.lags ?? [])],
    ...(next !== undefined && { next }),
    ...(feeds && { feeds }),
  };
};

/** The worker, knowing what has become of the feeds in this step. */
const withFeeds = (worker: LaneWorker, feeds: StepOutcome['feeds']): LaneWorker =>
  worker.held === undefined || feeds === undefined
    ? worker
    : { ...worker, held: { ...worker.held, lane: { ...worker.held.lane, feeds } } };

async function tellDue(worker: LaneWorker, availability: AvailabilityConnector): Promise<StepOutcome> {
  const { ports, channel, clock, probing } = worker;
  const { feed, batch } = availability;
  const now = clock.now();
  const most = probing ? probes : batch;
  const found = await ports.offers.due(channel.channelId, now, feed && !probing ? Math.max(most, feed.from) : most);
  const isForFeed = !probing && feed !== undefined && found.offers.every(({ urgency }) => urgency !== 'now');
  if (isForFeed && found.offers.length >= feed.from) {
    const all = await ports.offers.due(channel.channelId, now, feed.most);
    return submitFeed(worker, availability, all);
  }
  return tellBatch(worker, availability, { ...found, offers: found.offers.slice(0, most) });
}

async function tellBatch(
  worker: LaneWorker,
  availability: AvailabilityConnector,
  found: DueOffers,
): Promise<StepOutcome> {
  const all = await sendable(
    worker,
    availability,
    found.offers.map(({ sku }) => sku),
  );
  const sents = worker.probing ? probeOf(all) : all;
  // Looked at again even if nothing could be sent: the index may have been late, and there may be more behind it.
  const next = found.offers.length > 0 ? worker.clock.now() : found.next;
  if (sents.length === 0) return { answered: 0, ...(next !== undefined && { next }) };
  const answers = await publish(worker, availability, sents);
  const now = worker.clock.now();
  const how = settlingOf(worker, availability, now);
  const outcomes = await atMost(width, sents, (sent) =>
    settle(worker, sent, answers.get(sent.offer.sku) ?? silence, how),
  );
  const answered = outcomes.filter((outcome) => outcome !== 'passing').length;
  const lags = outcomes.filter((outcome) => typeof outcome === 'object');
  const failure = failureOf(sents, answers, answered);
  return { answered, lags, ...(next !== undefined && { next }), ...(failure && { failure }) };
}

/** One that found no answer before may be the reason for the failures, so it is not tried before the others. */
const probeOf = (sents: readonly Sent[]): readonly Sent[] => {
  const fresh = sents.find(({ listing }) => listing.offer?.uncertain !== true);
  return fresh === undefined ? sents.slice(0, 1) : [fresh];
};

const silence = refuse('provider-unavailable', 'The channel gave no answer for it.');

async function publish(
  worker: LaneWorker,
  { publish }: AvailabilityConnector,
  sents: readonly Sent[],
): Promise<Acknowledgements> {
  try {
    return await publish(
      await worker.connection(),
      sents.map(({ offer }) => offer),
    );
  } catch (error) {
    const broken = refuse('provider-unavailable', error instanceof Error ? error.message : String(error));
    return new Map(sents.map(({ offer }) => [offer.sku, broken]));
  }
}

/** What passes by itself; any other refusal is the channel's last word. */
const isPassing = ({ code }: Refusal): boolean => code === 'provider-unavailable' || code === 'too-busy';
const isLimit = ({ facts }: Refusal): boolean => facts?.['limit'] === true;

/** Records one answer. @returns how long a yes was waited for; `no`; `passing`: it is told again */
async function settle(
  { ports }: LaneWorker,
  sent: Sent,
  answer: Result<true>,
  how: Settling,
): Promise<Lag | 'no' | 'passing'> {
  if (answer.ok) {
    await rewrite(ports, sent.listing, (current) => taken(current, sent, how));
    return lagOf(sent, how.now);
  }
  const { refusal } = answer;
  if (!isPassing(refusal)) {
    await rewrite(ports, sent.listing, (current) => refusedBy(current, sent, refusal, how));
    return 'no';
  }
  // A limit says that nothing was done: what the channel shows is as certain as before.
  if (!isLimit(refusal)) await rewrite(ports, sent.listing, (current) => unanswered(current, sent, how));
  return 'passing';
}

const lagOf = ({ listing: { offer } }: Sent, now: string): Lag => ({
  urgency: offer?.due?.urgency ?? 'fall',
  milliseconds: Math.max(0, Date.parse(now) - Date.parse(offer?.due?.since ?? now)),
});

/** Why the channel as a whole is waited for: it answered nothing at all, or its limit is used up. */
function failureOf(sents: readonly Sent[], answers: Acknowledgements, answered: number): Refusal | undefined {
  const passing = sents.flatMap(({ offer: { sku } }) => {
    const answer = answers.get(sku) ?? silence;
    return answer.ok || !isPassing(answer.refusal) ? [] : [answer.refusal];
  });
  return (answered === 0 ? passing.find((refusal) => !isLimit(refusal)) : undefined) ?? passing.find(isLimit);
}
