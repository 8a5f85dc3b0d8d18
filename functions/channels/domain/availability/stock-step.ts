import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Lag } from '../../lane-ports.ts';
import { type DueOffers } from '../../offer-ports.ts';
import { type Acknowledgements, type AvailabilityConnector } from '../availability-connector.ts';
import { type LaneStep, type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { attempt } from './attempt.ts';
import { checkFeeds, submitFeed } from './feeds.ts';
import { rewrite } from './rewrite.ts';
import { sendable } from './sendable.ts';
import { settlingOf } from './settling.ts';
import { type Sent, type Settling, refusedBy, taken, unanswered } from './settle.ts';
import { isItsOwnFault, probeOf, toldTogether } from './told-together.ts';

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
  const open = availability.feed === undefined ? [] : (feeds ?? worker.held?.lane.feeds ?? []);
  const [nextCheck] = open.map(({ checkAt }) => checkAt).sort();
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
  const { ports, channel, clock, probing, beginning, held } = worker;
  const { feed, batch } = availability;
  const most = probing ? probes : batch;
  // One at a time: of two that are worked through at once, the older may come last.
  const mayFeed =
    feed !== undefined && beginning && !probing && !(held?.lane.feeds ?? []).some(({ stage }) => stage !== 'done');
  const now = clock.now();
  const found = await ports.offers.due(channel.channelId, now, mayFeed ? most + feed.from : most);
  const urgent = found.offers.filter(({ urgency }) => urgency === 'now');
  if (!mayFeed || found.offers.length - urgent.length < feed.from)
    return tellBatch(worker, availability, { ...found, offers: found.offers.slice(0, most) });
  const told = await tellBatch(worker, availability, { offers: urgent.slice(0, most) });
  if (told.failure !== undefined) return told;
  const { offers } = await ports.offers.due(channel.channelId, now, feed.most);
  const rest = offers.filter(({ urgency }) => urgency !== 'now');
  const fed = await submitFeed(worker, availability, { offers: rest });
  return { ...fed, answered: told.answered + fed.answered, ...(told.lags && { lags: told.lags }) };
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
  const sents = worker.probing ? probeOf(all) : toldTogether(all);
  // Looked at again even if nothing could be sent: the index may have been late, and there may be more behind it.
  const next = found.offers.length > 0 ? worker.clock.now() : found.next;
  if (sents.length === 0) return { answered: 0, ...(next !== undefined && { next }) };
  const answers = await publish(worker, availability, sents);
  const now = worker.clock.now();
  const how = settlingOf(worker, availability, now);
  const outcomes = await atMost(width, sents, (sent) =>
    settle(worker, { ...sent, among: sents.length }, answers.get(sent.offer.sku) ?? silence, how),
  );
  const answered = outcomes.filter((outcome) => outcome !== 'passing').length;
  const lags = outcomes.filter((outcome) => typeof outcome === 'object');
  const failure = failureOf(worker, sents, answers, answered);
  return { answered, lags, ...(next !== undefined && { next }), ...(failure && { failure }) };
}

const silence = refuse('provider-unavailable', 'The channel gave no answer for it.');

async function publish(
  worker: LaneWorker,
  { publish }: AvailabilityConnector,
  sents: readonly Sent[],
): Promise<Acknowledgements> {
  const answers = await attempt(async () =>
    ok(
      await publish(
        await worker.connection(),
        sents.map(({ offer }) => offer),
      ),
    ),
  );
  return answers.ok ? answers.value : new Map(sents.map(({ offer }) => [offer.sku, answers]));
}

/** What passes by itself; any other refusal is the channel's last word. */
const isPassing = ({ code }: Refusal): boolean => code === 'provider-unavailable' || code === 'too-busy';
const isLimit = ({ facts }: Refusal): boolean => facts?.['limit'] === true;
const isUnsent = ({ facts }: Refusal): boolean => facts?.['unsent'] === true;

/** Records one answer. @returns how long a yes was waited for; `no`; `passing`: it is told again */
async function settle(
  { ports }: LaneWorker,
  { among, ...sent }: Sent & { readonly among: number },
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
  const call = { among, reason: refusal.detail, isUnsent: isUnsent(refusal) };
  if (!isLimit(refusal)) await rewrite(ports, sent.listing, (current) => unanswered(current, sent, call, how));
  return 'passing';
}

const lagOf = ({ listing: { offer } }: Sent, now: string): Lag => ({
  urgency: offer?.due?.urgency ?? 'fall',
  milliseconds: Math.max(0, Date.parse(now) - Date.parse(offer?.due?.since ?? now)),
});

/** Why the channel as a whole is waited for: it answered nothing at all, or its limit is used up. */
function failureOf(
  { probing, held }: LaneWorker,
  sents: readonly Sent[],
  answers: Acknowledgements,
  answered: number,
): Refusal | undefined {
  const passing = sents.flatMap(({ offer: { sku } }) => {
    const answer = answers.get(sku) ?? silence;
    return answer.ok || !isPassing(answer.refusal) ? [] : [answer.refusal];
  });
  const isTheChannels = answered === 0 && (probing || !isItsOwnFault(sents, held?.lane.workedAt));
  return (isTheChannels ? passing.find((refusal) => !isLimit(refusal)) : undefined) ?? passing.find(isLimit);
}
