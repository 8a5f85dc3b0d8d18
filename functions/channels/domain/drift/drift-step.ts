import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type DriftRun, type SecondLook } from '../../../../shared/model/channels/drift-run.ts';
import { type Listing, usualLowStock } from '../../../../shared/model/network/network.ts';
import { type Shown } from '../availability-connector.ts';
import { type LaneStep, type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { wakeLane } from '../lanes/wake-lane.ts';
import { corrected } from '../availability/correct.ts';
import { isByLocation } from '../availability/by-location.ts';
import { rewrite } from '../availability/rewrite.ts';
import { type ReadableChannel, readableBy } from './readable.ts';
import { advanced, counted, mostAtOnce } from './drift-run.ts';
import { findings } from './look.ts';

/** Who must be told at once goes first: it is looked again so much later. */
const urgentFirstSeconds = 5;
/** So many that show less than told are kept to be looked at again before others are compared. */
const mostLooks = 500;
/** A sale has come to us this long after the channel was, or could have been, asked for its orders. */
const saleSeconds = 60;
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
  if (run.repairs.length > 0) return repair(worker, run);
  const readable = readableBy(channel, worker.connector);
  if (!readable.ok) return end(worker, run, { state: 'FAILED', reason: readable.refusal.detail });
  const now = clock.now();
  const { offers } = await ports.offers.due(channel.channelId, now, 1);
  if (offers[0]?.urgency === 'now') return { answered: 0, next: plusSeconds(now, urgentFirstSeconds) };
  if (run.walked !== true && run.looks.length < mostLooks) return walkOn(worker, run, readable.value);
  return run.looks.length > 0 ? lookAgain(worker, run, readable.value) : end(worker, run, { state: 'DONE' });
};

const larger = ({ batch }: DriftRun): number => Math.min(mostAtOnce, batch * 2);

async function walkOn(worker: LaneWorker, run: DriftRun, readable: ReadableChannel): Promise<StepOutcome> {
  const { ports, channel } = worker;
  const most = Math.min(run.batch, readable.batch);
  const page = await ports.drift.listingsAfter(channel.channelId, run.after, most);
  const last = page.at(-1);
  const place = { ...(last && { after: last.sku }), ...(page.length < most && { walked: true as const }) };
  const listings = page.filter((listing) => readable.shows(channel, listing));
  const found = await compared(worker, run, readable, listings);
  if (!found.ok) return found.refusal;
  return goneOn(worker, run, { ...place, ...counted(run, found.value), batch: larger(run) }, found.value.compared);
}

/** Looks once more at what showed less than told, when a sale there would have come to us. */
async function lookAgain(worker: LaneWorker, run: DriftRun, readable: ReadableChannel): Promise<StepOutcome> {
  const { ports, channel, clock, connector } = worker;
  const waitSeconds = saleSeconds + (connector.poll?.everySeconds ?? 0);
  const now = clock.now();
  const [first] = run.looks;
  const ripeAt = plusSeconds(first?.seenAt ?? now, waitSeconds);
  if (ripeAt > now) return { answered: 0, next: ripeAt };
  const most = Math.min(run.batch, readable.batch);
  const looks = run.looks.filter(({ seenAt }) => plusSeconds(seenAt, waitSeconds) <= now).slice(0, most);
  const listings = await ports.listings(looks.map(({ sku }) => ({ channelId: channel.channelId, sku })));
  const found = await compared(worker, run, readable, listings, looks);
  if (!found.ok) return found.refusal;
  const left = run.looks.filter((look) => !looks.includes(look));
  const more = counted({ ...run, looks: left }, found.value);
  return goneOn(worker, run, { ...more, batch: larger(run) }, found.value.compared);
}

/** What was found, or what the step has come to instead. */
type Found =
  | { readonly ok: true; readonly value: ReturnType<typeof findings> }
  | { readonly ok: false; readonly refusal: StepOutcome };

/** Asks the channel, and compares with the listings as they were before and as they are after that. */
async function compared(
  worker: LaneWorker,
  run: DriftRun,
  readable: ReadableChannel,
  before: readonly Listing[],
  looks?: readonly SecondLook[],
): Promise<Found> {
  const { ports, channel, clock } = worker;
  const shown = before.length === 0 ? ok(new Map<string, Shown>()) : await asked(worker, readable, before);
  if (!shown.ok) return { ok: false, refusal: await notAsked(worker, run, shown) };
  const after = await ports.listings(before.map(({ channelId, sku }) => ({ channelId, sku })));
  const byLocation = isByLocation(channel, readable.availability);
  const seen = { before, after, shown: shown.value, isByLocation: byLocation, now: clock.now() };
  return { ok: true, value: findings(seen, looks) };
}

/** With half of each limit left to others. */
async function asked(
  { ports, channel }: LaneWorker,
  { quantities }: ReadableChannel,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> {
  try {
    return await quantities(await ports.connection(channel, { yielding: true }), listings);
  } catch (error) {
    return refuse('provider-unavailable', error instanceof Error ? error.message : String(error));
  }
}

/** A limit only delays, with fewer at once; a channel that is down is tried later, as its lane does it; any other refusal ends the run. */
async function notAsked(
  worker: LaneWorker,
  run: DriftRun,
  { refusal }: Extract<Result<never>, { ok: false }>,
): Promise<StepOutcome> {
  const { code, facts = {}, detail } = refusal;
  if (code !== 'provider-unavailable' && code !== 'too-busy')
    return end(worker, run, { state: 'FAILED', reason: detail });
  if (facts['limit'] !== true) return { answered: 0, failure: refusal };
  const batch = Math.max(1, Math.floor(Math.min(run.batch, worker.connector.availability?.read?.batch ?? 1) / 2));
  const next = plusSeconds(worker.clock.now(), Math.max(1, Number(facts['retryAfterSeconds'] ?? urgentFirstSeconds)));
  return { ...(await goneOn(worker, run, { batch }, 0)), next };
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
