import { type Clock, plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Lane, type LaneName, laneNames } from '../../../../shared/model/channels/lane.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type LaneId, type LaneReport } from '../../lane-ports.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Connection } from '../connection.ts';
import { afterFailure, isProbing, opensAt } from './breaker.ts';
import { withLags } from './lag.ts';
import { type LaneStep, type StepOutcome } from './lane-step.ts';
import { comesAnyway, leasedLane, messageAt } from './wake-lane.ts';

/** How each lane is worked off; one without a step is empty. */
export type LaneSteps = { readonly [L in LaneName]?: LaneStep };

/** One run of a worker. */
export interface LaneRun extends LaneId {
  /** Its own name: no other run has it, not even of the same message, as that may come twice at once. */
  readonly by: string;
  /** True once the run's time is up: somebody else goes on. */
  readonly isOut: () => boolean;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** 0 to 1. */
  readonly chance: () => number;
  /** Does something every few seconds, several times within a lease, as long as the run lives. @returns ends that */
  readonly everyFewSeconds?: (what: () => Promise<unknown>) => () => void;
}

/** Renewed as long as a worker lives, so that a lease that is over belongs to one that is gone. */
const leaseSeconds = 20;
/** So long a worker waits in the place of leaving. */
const longestPauseMs = 1_000;
/** The index that a worker reads is behind the table by less than this, nearly always. */
const indexDelayMs = 500;
/** Where the index names what is settled already. */
const staleIndexMs = 50;

/** What a worker does next: another round, or leave; `forced`, although somebody has asked. */
type Pace =
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'leave'; readonly wakeAt?: string; readonly forced?: true };

/** The state of a run: the lane as it was taken, and what has come of it since. */
interface Held {
  readonly ports: ChannelsPorts;
  readonly clock: Clock;
  readonly steps: LaneSteps;
  readonly run: LaneRun;
  readonly id: LaneId;
  lane: Lane;
  report: LaneReport;
  /** True until the first step is done. */
  beginning: boolean;
  /** The asking for which the index was looked at twice. */
  lookedFor?: number;
  connection?: Promise<Connection>;
  /** The version of the channel that it was made by. */
  connectedAs?: number;
}

/**
 * Works a lane off: batch after batch, the most urgent first, at the channel's pace. One worker at a time; nobody leaves while somebody has asked for what
 * he has not looked at. A paused channel's lanes rest.
 */
export const runLane =
  (ports: ChannelsPorts, clock: Clock, steps: LaneSteps) =>
  async (run: LaneRun): Promise<void> => {
    const { channelId, by } = run;
    const channel = await ports.channel(channelId);
    if (channel === undefined || channel.paused === true) return;
    const id = { channelId, lane: leasedLane(ports.connectorOf(channel.type), run.lane) };
    const now = clock.now();
    const lane = await ports.lanes.take(id, { by, now, until: plusSeconds(now, leaseSeconds) });
    if (lane === undefined) return;
    const held: Held = { ports, clock, steps, run, id, lane, report: reportOf(lane, now), beginning: true };
    const end = run.everyFewSeconds?.(() =>
      ports.lanes.renew(id, { by, until: plusSeconds(clock.now(), leaseSeconds) }),
    );
    try {
      await workOff(held);
    } catch (error) {
      // Where that fails too, the lease runs out and the sweep brings another.
      await breakOff(held).catch(() => undefined);
      throw error;
    } finally {
      end?.();
    }
  };

async function workOff(held: Held): Promise<void> {
  for (;;) {
    const pace = await round(held);
    if (pace.kind === 'again') await held.run.pause(pace.afterMs);
    else if (await hasLeft(held, pace)) return;
  }
}

/** Leaves after something broke: which calls were carried out is not known, and the next worker comes as after a failure. */
async function breakOff(held: Held): Promise<void> {
  const now = held.clock.now();
  const breaker = afterFailure(held.report.breaker, broken, now, held.run.chance());
  held.report = { ...held.report, breaker, brokenAt: now, lastError: { at: now, ...broken } };
  const pace = { kind: 'leave', wakeAt: breaker.openUntil ?? now, forced: true } as const;
  // What somebody mends at this moment is noticed once, and no reason to stay.
  if (!(await hasLeft(held, pace))) await hasLeft(held, { ...pace, wakeAt: now });
}

const broken = {
  code: 'provider-unavailable',
  detail: 'The worker broke off; the log of work-lane says why. It is tried again.',
} as const;

/** What the lane said of itself. A lease that nobody gave back is that of a worker who died. */
const reportOf = ({ lease, breaker, workedAt, lags, lastError, brokenAt }: Lane, now: string): LaneReport => {
  const broken = lease === undefined ? brokenAt : now;
  return {
    ...(breaker && { breaker }),
    ...(workedAt !== undefined && { workedAt }),
    ...(lags && { lags }),
    ...(lastError && { lastError }),
    ...(broken !== undefined && { brokenAt: broken }),
  };
};

async function round(held: Held): Promise<Pace> {
  const { ports, clock, run, id } = held;
  const now = clock.now();
  if (run.isOut()) return { kind: 'leave', wakeAt: now, forced: true };
  const channel = await ports.channel(id.channelId);
  if (channel === undefined || channel.paused === true) return { kind: 'leave', forced: true };
  const opens = opensAt(held.report.breaker, now);
  if (opens !== undefined) return waiting(opens, now, true);
  const outcome = await stepAll(held, channel);
  held.beginning = false;
  note(held, channel, outcome);
  return paceAfter(held, outcome, clock.now());
}

/** One step of each lane that the lease is for; after a failure the others wait too. */
async function stepAll(held: Held, channel: Channel): Promise<StepOutcome> {
  const { ports, clock, steps, run, id, beginning } = held;
  const connector = ports.connectorOf(channel.type);
  const names: readonly LaneName[] = connector.oneAtATime === true ? laneNames : [id.lane];
  const taken = { lane: { ...held.lane, ...held.report }, by: run.by };
  if (held.connectedAs !== channel.version) delete held.connection;
  held.connectedAs = channel.version;
  let all: StepOutcome = { answered: 0 };
  for (const name of names) {
    const connection = () => (held.connection ??= ports.connection(channel));
    const probing = isProbing(held.report.breaker);
    const step = steps[name];
    if (step === undefined || all.failure !== undefined) continue;
    all = together(all, await step({ ports, clock, channel, connector, connection, probing, beginning, held: taken }));
  }
  return all;
}

function together(one: StepOutcome, other: StepOutcome): StepOutcome {
  const next = [one.next, other.next].filter((time) => time !== undefined).sort()[0];
  const failure = one.failure ?? other.failure;
  return {
    answered: one.answered + other.answered,
    lags: [...(one.lags ?? []), ...(other.lags ?? [])],
    ...(next !== undefined && { next }),
    ...(failure && { failure }),
    ...((other.feeds ?? one.feeds) && { feeds: other.feeds ?? one.feeds }),
  };
}

/** What came of a step, for whoever comes next and for whoever looks. */
function note(held: Held, { channelId }: Channel, { answered, failure, lags = [], feeds }: StepOutcome): void {
  const now = held.clock.now();
  const { breaker, ...rest } = held.report;
  const judged = failure
    ? afterFailure(answered > 0 ? undefined : breaker, failure, now, held.run.chance())
    : answered > 0
      ? undefined
      : breaker;
  const isFailed = failure !== undefined && failure.facts?.['limit'] !== true;
  held.report = {
    ...rest,
    ...(judged && { breaker: judged }),
    ...(answered > 0 && { workedAt: now }),
    ...(isFailed && { lastError: { at: now, code: failure.code, detail: failure.detail } }),
    lags: withLags(
      rest.lags ?? [],
      lags.map(({ milliseconds }) => milliseconds),
      now,
    ),
  };
  if (feeds !== undefined) held.lane = { ...held.lane, feeds };
  held.ports.measureLags(channelId, lags);
}

function paceAfter(held: Held, { answered, next, failure }: StepOutcome, now: string): Pace {
  if (failure !== undefined) return waiting(opensAt(held.report.breaker, now) ?? now, now, true);
  if (next !== undefined && next <= now) return { kind: 'again', afterMs: answered > 0 ? 0 : staleIndexMs };
  const { asked, askedAt = '' } = held.lane;
  const sinceAskedMs = Date.parse(now) - Date.parse(askedAt);
  if (sinceAskedMs < indexDelayMs && held.lookedFor !== asked) {
    held.lookedFor = asked;
    return { kind: 'again', afterMs: indexDelayMs - Math.max(0, sinceAskedMs) };
  }
  return next === undefined ? { kind: 'leave' } : waiting(next, now);
}

/** Waits for what is so near; for anything later, somebody else comes. */
function waiting(at: string, now: string, forced?: true): Pace {
  const afterMs = Math.max(0, Date.parse(at) - Date.parse(now));
  if (afterMs <= longestPauseMs) return { kind: 'again', afterMs };
  return { kind: 'leave', wakeAt: at, ...(forced && { forced }) };
}

/** Leaves the lane, if nobody has asked or mended anything meanwhile. */
async function hasLeft(held: Held, { wakeAt, forced }: Extract<Pace, { kind: 'leave' }>): Promise<boolean> {
  const { ports, clock, run, id, report, lane } = held;
  const comes = wakeAt === undefined ? undefined : messageAt(wakeAt, clock.now());
  // Who came too early leaves it to the one who comes anyway: else workers who break off, and whose messages come again, would grow in number.
  const isAwaited = held.beginning && comes !== undefined && comesAnyway(lane, comes, clock.now());
  const at = isAwaited ? lane.wakeAt : comes;
  const left = await ports.lanes.leave(id, {
    by: run.by,
    report,
    ifMended: lane.mended ?? 0,
    ...(forced !== true && { ifAsked: lane.asked }),
    ...(at !== undefined && { wakeAt: at }),
  });
  if (left === 'left' || left === 'lost') {
    // Also where the lane is lost: it may be that the answer to leaving was, and one too many does no harm.
    if (at !== undefined && !isAwaited) await ports.lanes.send(id, at);
    return true;
  }
  held.lane = left;
  if (left.mended === lane.mended) return false;
  const { breaker: _closed, ...rest } = report;
  held.report = rest;
  delete held.connection;
  return false;
}
