import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type DriftRun, type SecondLook } from '../../../../shared/model/channels/drift-run.ts';
import { walkOfChannel } from '../../../../shared/model/network/channel-walk.ts';
import { type Listing, usualLowStock } from '../../../../shared/model/network/network.ts';
import { type Shown } from '../availability-connector.ts';
import { type LaneStep, type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { wakeLane } from '../lanes/wake-lane.ts';
import { attempt } from '../availability/attempt.ts';
import { corrected } from '../availability/correct.ts';
import { isByLocation } from '../availability/by-location.ts';
import { rewrite } from '../availability/rewrite.ts';
import { type ReadableChannel, readableBy } from './readable.ts';
import { type Findings, advanced, counted, mostAtOnce } from './drift-run.ts';
import { findings } from './look.ts';

/** Who must be told at once goes first: it is looked again so much later. */
const urgentFirstSeconds = 5;
/** What a channel is to show may be of before a pause until its stock was gone over, and a moment longer: until the last of that is recorded. */
const walkSeconds = 5;
/** So many that are to be looked at again are kept before others are compared. */
const mostLooks = 500;
/** So long after its yes a channel may still be read as it was before, where its connector does not say how long. */
const usualSettlingSeconds = 60;
/** A sale has come to us this long after the channel was, or could have been, asked for its orders. */
const saleSeconds = 60;
/** Quantities by location that one call's listings may have together: what is found of them is kept in one item of 400 KB. */
const mostParts = 4_000;
/** So often in a row a channel is asked before the listing that it was asked for alone is left out: some ten minutes. */
const mostTries = 10;
/** Listings written at once. */
const width = 16;

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
  if (run.repairs.length > 0) return repair(worker, run);
  const readable = readableBy(channel, worker.connector);
  if (!readable.ok) return end(worker, run, { state: 'FAILED', reason: readable.refusal.detail });
  if (run.walked !== true && run.looks.length < mostLooks) return walkOn(worker, run, readable.value);
  return run.looks.length > 0 ? lookAgain(worker, run, readable.value) : end(worker, run, { state: 'DONE' });
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
function mostOf({ probing, channel }: LaneWorker, run: DriftRun, readable: ReadableChannel): number {
  if (probing) return 1;
  const { locations = {} } = channel;
  const parts = isByLocation(channel, readable.availability) ? Object.keys(locations).length : 1;
  return Math.min(run.batch, readable.batch, Math.max(1, Math.floor(mostParts / parts)));
}

async function walkOn(worker: LaneWorker, run: DriftRun, readable: ReadableChannel): Promise<StepOutcome> {
  const { ports, channel } = worker;
  const most = mostOf(worker, run, readable);
  const page = await ports.drift.listingsAfter(channel.channelId, run.after, most);
  const last = page.at(-1);
  const place = { ...(last && { after: last.sku }), ...(page.length < most && { walked: true as const }) };
  const found = await compared(worker, readable, page);
  if (!found.ok) return notAsked(worker, run, found.refusal, place);
  return goneOn(worker, run, { ...place, ...counted(run, found.value), batch: larger(run) }, found.value.compared);
}

/** Looks once more at what may have passed, when a sale there would have come to us. */
async function lookAgain(worker: LaneWorker, run: DriftRun, readable: ReadableChannel): Promise<StepOutcome> {
  const { ports, channel, clock, connector } = worker;
  const waitSeconds = Math.max(saleSeconds + (connector.poll?.everySeconds ?? 0), settlesSecondsOf(readable));
  const now = clock.now();
  const [first] = run.looks;
  const ripeAt = plusSeconds(first?.seenAt ?? now, waitSeconds);
  if (ripeAt > now) return { answered: 0, next: ripeAt };
  const ripe = run.looks.filter(({ seenAt }) => plusSeconds(seenAt, waitSeconds) <= now);
  const looks = ripe.slice(0, mostOf(worker, run, readable));
  const left = { ...run, looks: run.looks.filter((look) => !looks.includes(look)) };
  const listings = await ports.listings(looks.map(({ sku }) => ({ channelId: channel.channelId, sku })));
  const found = await compared(worker, readable, listings, looks);
  if (!found.ok) return notAsked(worker, run, found.refusal, { looks: left.looks });
  return goneOn(worker, run, { ...counted(left, found.value), batch: larger(run) }, found.value.compared);
}

/** Asks the channel for those that it shows, and compares with the listings as they were before and as they are after that. */
async function compared(
  worker: LaneWorker,
  readable: ReadableChannel,
  page: readonly Listing[],
  looks?: readonly SecondLook[],
): Promise<Result<Findings>> {
  const { ports, channel, clock } = worker;
  const before = page.filter((listing) => listing.out === undefined && readable.shows(channel, listing));
  const shown = before.length === 0 ? ok(new Map<string, Shown>()) : await asked(worker, readable, before);
  if (!shown.ok) return shown;
  const after = await ports.listings(before.map(({ channelId, sku }) => ({ channelId, sku })));
  const how = {
    isByLocation: isByLocation(channel, readable.availability),
    settlesSeconds: settlesSecondsOf(readable),
  };
  return ok(findings({ ...how, before, after, shown: shown.value, now: clock.now() }, looks));
}

const settlesSecondsOf = ({ settlesSeconds = usualSettlingSeconds }: ReadableChannel): number => settlesSeconds;

/** With half of each limit left to others. */
const asked = (
  { ports, channel }: LaneWorker,
  { quantities }: ReadableChannel,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> =>
  attempt(async () => quantities(await ports.connection(channel, { yielding: true }), listings));

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

/** Has the channel told again what it shows otherwise; a second time it does nothing. */
async function repair(worker: LaneWorker, run: DriftRun): Promise<StepOutcome> {
  const { ports, channel, clock, connector } = worker;
  const now = clock.now();
  const how = {
    lowStock: channel.lowStock ?? usualLowStock,
    byLocation: connector.availability !== undefined && isByLocation(channel, connector.availability),
    now,
  };
  const byPlace = new Map(run.repairs.map((one) => [one.sku, one]));
  const listings = await ports.listings([...byPlace.keys()].map((sku) => ({ channelId: channel.channelId, sku })));
  await atMost(width, listings, (listing) =>
    rewrite(ports, listing, (current) => {
      const one = byPlace.get(current.sku);
      return one && corrected(current, one, how);
    }),
  );
  await wakeLane(ports, channel, 'stock', { now });
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
