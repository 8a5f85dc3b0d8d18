import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type DriftRun } from '../../../../shared/model/channels/drift-run.ts';
import { walkOfChannel } from '../../../../shared/model/network/channel-walk.ts';
import { isByLocation } from '../availability/by-location.ts';
import { type AvailabilityConnector, isToldBy } from '../availability-connector.ts';
import { type LaneStep, type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { compared } from './asking.ts';
import { comparableBy } from './comparable.ts';
import { advanced, counted, mostAtOnce } from './drift-run.ts';
import { putRight } from './repair.ts';
import { looksAgainAt } from './second-look.ts';

/** Who must be told at once goes first: it is looked again so much later. */
const urgentFirstSeconds = 5;
/** What a channel is to show may be of before a pause until its stock was gone over, and a moment longer: until the last of that is recorded. */
const walkSeconds = 5;
/** So many that are to be looked at again are kept before others are compared. */
const mostLooks = 500;
/** Quantities by location that one call's listings may have together: what is found of them is kept in one item of 400 KB. */
const mostParts = 4_000;
/** So often in a row a channel is asked before the listing that it was asked for alone is left out: some ten minutes. */
const mostTries = 10;

/**
 * Goes on with comparing what a channel shows with what it was told: one call's worth. What is found and where it is are written before anything is put right; what is
 * to be put right is written with them, so a crash between any two calls neither loses nor counts it twice.
 */
export const driftStep: LaneStep = async (worker) => {
  const { ports, channel, clock } = worker;
  const [run] = await ports.drift.runs(channel.channelId, 1);
  if (run?.state !== 'RUNNING') return { answered: 0 };
  const next = await yieldsUntil(worker, clock.now());
  if (next !== undefined) return { answered: 0, next };
  const comparable = comparableBy(channel, worker.connector);
  if (!comparable.ok) return end(worker, run, { state: 'FAILED', reason: comparable.refusal.detail });
  const availability = comparable.value;
  if (run.repairs.length > 0) return repair(worker, run, availability);
  if (run.looks.length < mostLooks) {
    if (run.walked !== true) return walkOn(worker, run, availability);
    if (run.poolWalked !== true && isToldBy(availability, channel, undefined))
      return walkPool(worker, run, availability);
  }
  return run.looks.length > 0 ? lookAgain(worker, run, availability) : end(worker, run, { state: 'DONE' });
};

/** When it is looked again, where something goes first: what must be told at once, and what the channel is to show being put together anew. */
async function yieldsUntil({ ports, channel }: LaneWorker, now: string): Promise<string | undefined> {
  const walk = await ports.walk(walkOfChannel(channel, undefined).walkId);
  const walkedAt = walk && plusSeconds(walk.state === 'RUNNING' ? now : walk.updatedAt, walkSeconds);
  if (walkedAt !== undefined && walkedAt > now) return walkedAt;
  const { offers } = await ports.offers.due(channel.channelId, now, 1);
  return offers[0]?.urgency === 'now' ? plusSeconds(now, urgentFirstSeconds) : undefined;
}

const larger = ({ batch }: DriftRun): number => Math.min(mostAtOnce, batch * 2);

/** One alone where the channel failed lately: that finds the one that it fails by. What is found of many locations must have room in the run. */
function mostOf({ probing, channel }: LaneWorker, run: DriftRun, availability: AvailabilityConnector): number {
  if (probing) return 1;
  const { locations = {} } = channel;
  const parts = isByLocation(channel, availability) ? Object.keys(locations).length : 1;
  return Math.min(run.batch, availability.read?.batch ?? mostAtOnce, Math.max(1, Math.floor(mostParts / parts)));
}

async function walkOn(worker: LaneWorker, run: DriftRun, availability: AvailabilityConnector): Promise<StepOutcome> {
  const { ports, channel } = worker;
  const most = mostOf(worker, run, availability);
  const page = await ports.drift.listingsAfter(channel.channelId, run.after, most);
  const last = page.at(-1);
  const place = { ...(last && { after: last.sku }), ...(page.length < most && { walked: true as const }) };
  const found = await compared(worker, availability, { page });
  if (!found.ok) return notAsked(worker, run, found.refusal, place);
  return goneOn(worker, run, { ...place, ...counted(run, found.value), batch: larger(run) }, found.value.compared);
}

/** Goes over SKUs of the pool, behind all listings: those that have none yet were never recorded. */
async function walkPool(worker: LaneWorker, run: DriftRun, availability: AvailabilityConnector): Promise<StepOutcome> {
  const { ports, channel } = worker;
  const { skus, next } = await ports.pools.page(channel.pool, run.poolAfter);
  const place = next === undefined ? { poolWalked: true as const } : { poolAfter: next };
  const listings = await ports.listings(skus.map((sku) => ({ channelId: channel.channelId, sku })));
  const known = new Set([...listings, ...run.looks].map(({ sku }) => sku));
  const found = await compared(worker, availability, { page: [], unlisted: skus.filter((sku) => !known.has(sku)) });
  if (!found.ok) return notAsked(worker, run, found.refusal, place);
  return goneOn(worker, run, { ...place, ...counted(run, found.value) }, found.value.compared);
}

/** Looks once more at what may have passed, when a sale there, or news of the pool, would have come to us. */
async function lookAgain(worker: LaneWorker, run: DriftRun, availability: AvailabilityConnector): Promise<StepOutcome> {
  const { ports, channel, clock, connector } = worker;
  const ripeAt = (look: DriftRun['looks'][number]) => looksAgainAt(look, connector);
  const now = clock.now();
  const [next = now] = run.looks.map(ripeAt).sort();
  if (next > now) return { answered: 0, next };
  const looks = run.looks.filter((look) => ripeAt(look) <= now).slice(0, mostOf(worker, run, availability));
  const left = { ...run, looks: run.looks.filter((look) => !looks.includes(look)) };
  const page = await ports.listings(looks.map(({ sku }) => ({ channelId: channel.channelId, sku })));
  const unlisted = looks.filter(({ sku }) => !page.some((listing) => listing.sku === sku)).map(({ sku }) => sku);
  const found = await compared(worker, availability, { page, unlisted, looks });
  if (!found.ok) return notAsked(worker, run, found.refusal, { looks: left.looks });
  return goneOn(worker, run, { ...counted(left, found.value), batch: larger(run) }, found.value.compared);
}

/**
 * A limit only delays, with fewer at once. A channel that is down is tried later, as its lane does it, with ever fewer; the one that it has failed by again
 * and again, alone, is left out, so that others are compared. Any other refusal ends the run.
 * @param past the run behind what it was asked for
 */
async function notAsked(
  worker: LaneWorker,
  run: DriftRun,
  { code, facts = {}, detail }: Refusal,
  past: Partial<DriftRun>,
): Promise<StepOutcome> {
  if (code !== 'provider-unavailable' && code !== 'too-busy')
    return end(worker, run, { state: 'FAILED', reason: detail });
  const batch = Math.max(1, Math.floor(Math.min(run.batch, worker.connector.availability?.read?.batch ?? 1) / 2));
  if (facts['limit'] === true) {
    const seconds = Math.max(1, Number(facts['retryAfterSeconds'] ?? urgentFirstSeconds));
    return { ...(await goneOn(worker, run, { batch }, 0)), next: plusSeconds(worker.clock.now(), seconds) };
  }
  const isGivenUp = worker.probing && (worker.held?.lane.breaker?.failures ?? 0) >= mostTries;
  await goneOn(worker, run, isGivenUp ? { ...past, unread: (run.unread ?? 0) + 1 } : { batch }, 0);
  return { answered: 0, failure: { code, facts, detail } };
}

async function repair(worker: LaneWorker, run: DriftRun, availability: AvailabilityConnector): Promise<StepOutcome> {
  const { ports, channel, clock } = worker;
  await putRight(ports, { channel, availability }, run.repairs, clock.now());
  return goneOn(worker, run, { repairs: [], repaired: run.repaired + run.repairs.length }, run.repairs.length);
}

/** Of two who are at it, one writes; the other looks again. */
async function goneOn(
  { ports, clock }: LaneWorker,
  run: DriftRun,
  more: Partial<DriftRun>,
  answered: number,
): Promise<StepOutcome> {
  const now = clock.now();
  await ports.commit([advanced(run, more, now)]);
  return { answered, next: now };
}

/** Measured before it is written: a crash in between measures it twice, and the worst of a minute counts. */
async function end(worker: LaneWorker, run: DriftRun, how: Pick<DriftRun, 'state' | 'reason'>): Promise<StepOutcome> {
  const { ports, clock, channel } = worker;
  if (how.state === 'DONE' && run.compared > 0)
    ports.drift.measure(channel.channelId, (100 * run.drifted) / run.compared);
  const now = clock.now();
  await ports.commit([advanced(run, { ...how, finishedAt: now, looks: [] }, now)]);
  return { answered: 0 };
}
