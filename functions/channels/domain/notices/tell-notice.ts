import { channelNoticeRefused, channelNoticeTold } from '../../../../shared/contracts/channels/notice-events.ts';
import { type NoticeKind } from '../../../../shared/contracts/channels/notice.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Change, create, replace } from '../../../../shared/model/changes.ts';
import { type Notice } from '../../../../shared/model/channels/notice.ts';
import { type NoticeToTell, type Tell } from '../tell.ts';
import { type LaneWorker } from '../lanes/lane-step.ts';
import { about } from './view.ts';

/**
 * The channel's yes or final no is recorded; or it is told again later, and why, where that says something of the channel; or somebody else
 * was here.
 */
export type TellOutcome =
  { readonly answered: Notice } | { readonly dueAt: string; readonly failure?: Refusal } | 'changed';

/** For how long a channel that cannot be told is tried. */
const triedForDays = 14;
const [firstPauseSeconds, longestPauseSeconds] = [30, 4 * 3600];

/**
 * Tells a channel one thing. The try is counted, and its message numbered, before the call: a crash after it is a try that may have been carried
 * out, and is tried again after a pause.
 * @param others the order's other notices
 * @throws what a connector broke off with, unless it has before and the channel is well: the notice is told again in any case
 */
export async function tellNotice(
  worker: LaneWorker,
  before: Notice,
  others: readonly Notice[] = [],
): Promise<TellOutcome> {
  const { ports, clock } = worker;
  const now = clock.now();
  const trying = await numbered(worker, {
    ...before,
    tries: before.tries + 1,
    dueAt: plusSeconds(now, pauseSeconds(before.tries)),
    version: before.version + 1,
    updatedAt: now,
    events: [],
  });
  if (!(await ports.commit([replace('notice', trying.notice, before.version), ...trying.changes])).ok) return 'changed';
  const { notice } = trying;
  const { told, error } = await tell(worker, notice, { tries: before.tries, others });
  const next = await recorded(worker, notice, told, before.tries);
  if (next === undefined) return 'changed';
  if (told.ok || next.state === 'REFUSED') return { answered: next };
  const saysNothing = worksOn(told.refusal) !== undefined || isItsOwnFault(before, told.refusal, worker);
  if (error !== undefined && !saysNothing) throw error;
  return { dueAt: next.dueAt, ...(!saysNothing && { failure: told.refusal }) };
}

/** True of a notice that has failed before, where the channel has answered others since it first did: that says nothing of the channel. */
function isItsOwnFault({ tries, untoldSince }: Notice, { facts }: Refusal, { held }: LaneWorker): boolean {
  const workedAt = held?.lane.workedAt ?? '';
  return tries > 0 && untoldSince !== undefined && workedAt >= untoldSince && facts?.['limit'] !== true;
}

/** How often an answer is recorded anew because somebody has changed its notice meanwhile. */
const recordings = 3;

/**
 * Records what the channel answered. A person may have had it told at once meanwhile: this was that telling, and its answer is not lost. Where
 * somebody else has tried it meanwhile, a try without an answer is theirs to tell of.
 */
async function recorded(
  { ports, clock }: LaneWorker,
  notice: Notice,
  told: Told,
  triesBefore: number,
): Promise<Notice | undefined> {
  let present: Notice | undefined = notice;
  for (let times = 0; times < recordings && present?.state === 'PENDING'; times += 1) {
    const next = settled(present, told, triesBefore, clock.now());
    if (next.state === 'PENDING' && present.tries !== notice.tries) return undefined;
    if ((await ports.commit([replace('notice', next, present.version)])).ok) return next;
    present = await ports.notice(notice.noticeId);
  }
  return undefined;
}

/** What the channel calls it that it has and works on: it answered, and says later what came of it. */
function worksOn({ code, facts }: Refusal): string | undefined {
  const reference = code === 'provider-unavailable' ? facts?.['reference'] : undefined;
  return typeof reference === 'string' ? reference : undefined;
}

const pauseSeconds = (tries: number): number =>
  Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** Math.min(tries, 16));

/** Numbers go up by one with each message of a channel; one that was given stays. */
async function numbered(
  { ports, connector }: LaneWorker,
  notice: Notice,
): Promise<{ readonly notice: Notice; readonly changes: readonly Change[] }> {
  if (connector.numbered !== true || notice.number !== undefined) return { notice, changes: [] };
  const { number, change } = await nextNumber(ports, notice.channelId);
  return { notice: { ...notice, number }, changes: [change] };
}

const largestNumber = 999_999_999;

/** The next number of a channel's messages, and the write that takes it. After the largest that nine digits hold comes 1. */
export async function nextNumber(
  ports: Pick<LaneWorker['ports'], 'messageCounter'>,
  channelId: string,
): Promise<{ readonly number: number; readonly change: Change }> {
  const counter = await ports.messageCounter(channelId);
  const number = ((counter?.last ?? 0) % largestNumber) + 1;
  const next = { channelId, last: number, version: (counter?.version ?? 0) + 1 };
  return {
    number,
    change: counter ? replace('messageCounter', next, counter.version) : create('messageCounter', next),
  };
}

type Told = Result<{ readonly reference?: string }>;

/** What a connector answers; what it breaks off with is no answer, and its words may be anything. */
async function tell<K extends NoticeKind>(
  { ports, channel, connection, connector }: LaneWorker,
  notice: Notice<K>,
  { tries, others }: { readonly tries: number; readonly others: readonly Notice[] },
): Promise<{ readonly told: Told; readonly error?: Error }> {
  const { noticeId, orderId, externalId, kind, facts, happenedAt, number, reference } = notice;
  const tells: { readonly [P in NoticeKind]?: Tell<P> } = connector.tell ?? {};
  const tellIt: Tell<K> | undefined = tells[kind];
  if (tellIt === undefined) {
    const byHand = `A channel of type ${channel.type} is not told that an order was ${kind}. Tell it by hand, then dismiss this.`;
    return { told: refuse('invalid-request', byHand) };
  }
  const said = await ports.channelOrder(orderId);
  const toTell: NoticeToTell<K> = {
    ...{ noticeId, orderId, externalId, facts, happenedAt, tries },
    ...(said?.snapshot && { snapshot: said.snapshot }),
    ...(number !== undefined && { number }),
    ...(reference !== undefined && { reference }),
    others: others.flatMap((one) => one.reference?.split(' ') ?? []),
  };
  const connected = await connection();
  try {
    return { told: await tellIt(toTell, connected) };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(`telling ${noticeId} broke off`, { cause: thrown });
    return { told: brokenOff, error };
  }
}

const brokenOff = refuse(
  'provider-unavailable',
  'Crossdock broke off while it told this; the log of work-lane says why. It is tried again.',
);

function settled(notice: Notice, told: Told, triesBefore: number, now: string): Notice {
  const { reason: _reason, untoldSince: _since, ...rest } = notice;
  const version = notice.version + 1;
  const by = { now, actor: `channel ${notice.channelId}` };
  const next = { ...rest, version, updatedAt: now };
  if (told.ok) {
    const made = present({ reference: told.value.reference ?? notice.reference });
    const event = channelNoticeTold.of(notice.noticeId, version, by, { ...about(notice), ...made });
    return { ...next, state: 'TOLD', toldAt: now, ...made, events: [event] };
  }
  const again = againAt(notice, told.refusal, triesBefore, now);
  const { detail } = told.refusal;
  if (again !== undefined) return { ...next, ...again, reason: detail, events: [] };
  const isLost = told.refusal.code === 'provider-unavailable';
  const reason = isLost ? `It was tried for ${triedForDays} days. ${detail}` : detail;
  const event = channelNoticeRefused.of(notice.noticeId, version, by, { ...about(notice), reason });
  return { ...withoutReference(next), state: 'REFUSED', reason, events: [event] };
}

/** What was refused is over: a person who has it told again has it told anew. */
function withoutReference({ reference: _over, ...notice }: Notice): Notice {
  return notice;
}

/**
 * When it is tried again; never, where the channel has said its last, or for two weeks nothing. A limit is no failed try, and does not end them;
 * what the channel works on is asked for when it says.
 */
function againAt(
  { untoldSince: before }: Notice,
  refusal: Refusal,
  tries: number,
  now: string,
): Pick<Notice, 'dueAt' | 'tries' | 'reference' | 'untoldSince'> | undefined {
  const { code, facts = {} } = refusal;
  if (code !== 'provider-unavailable') return undefined;
  const after = Number(facts['retryAfterSeconds'] ?? 0);
  if (facts['limit'] === true) return { tries, dueAt: plusSeconds(now, after), ...present({ untoldSince: before }) };
  const untoldSince = before ?? now;
  if (now >= plusSeconds(untoldSince, triedForDays * 86_400)) return undefined;
  const reference = worksOn(refusal);
  return reference !== undefined
    ? { tries, untoldSince, dueAt: plusSeconds(now, after), reference }
    : { tries: tries + 1, untoldSince, dueAt: plusSeconds(now, Math.max(after, pauseSeconds(tries))) };
}
