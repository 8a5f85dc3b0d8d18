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

/** The channel's yes or final no is recorded; or it is told again later, and why, where it failed; or somebody else was here. */
export type TellOutcome = 'answered' | 'changed' | { readonly dueAt: string; readonly failure?: Refusal };

/** For how long a channel that cannot be told is tried. */
const triedForDays = 14;
const [firstPauseSeconds, longestPauseSeconds] = [30, 4 * 3600];

/**
 * Tells a channel one thing. The try is counted, and its message numbered, before the call: a crash after it is a try that may have been carried
 * out, and is tried again after a pause.
 */
export async function tellNotice(worker: LaneWorker, before: Notice): Promise<TellOutcome> {
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
  const told = await tell(worker, notice, before.tries);
  const next = settled(notice, told, before.tries, clock.now());
  if (!(await ports.commit([replace('notice', next, notice.version)])).ok) return 'changed';
  if (told.ok || next.state === 'REFUSED') return 'answered';
  return worksOn(told.refusal) === undefined ? { dueAt: next.dueAt, failure: told.refusal } : { dueAt: next.dueAt };
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

async function tell<K extends NoticeKind>(
  { ports, channel, connection, connector }: LaneWorker,
  notice: Notice<K>,
  tries: number,
): Promise<Told> {
  const { noticeId, orderId, externalId, kind, facts, happenedAt, number, reference } = notice;
  const tells: { readonly [P in NoticeKind]?: Tell<P> } = connector.tell ?? {};
  const tellIt: Tell<K> | undefined = tells[kind];
  if (tellIt === undefined)
    return refuse(
      'invalid-request',
      `A channel of type ${channel.type} is not told that an order was ${kind}. Tell it by hand, then dismiss this.`,
    );
  const said = await ports.channelOrder(orderId);
  const toTell: NoticeToTell<K> = {
    ...{ noticeId, orderId, externalId, facts, happenedAt, tries },
    ...(said?.snapshot && { snapshot: said.snapshot }),
    ...(number !== undefined && { number }),
    ...(reference !== undefined && { reference }),
  };
  return tellIt(toTell, await connection());
}

function settled(notice: Notice, told: Told, triesBefore: number, now: string): Notice {
  const { reason: _reason, ...rest } = notice;
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
  { happenedAt, retriedAt }: Notice,
  refusal: Refusal,
  tries: number,
  now: string,
): Pick<Notice, 'dueAt' | 'tries' | 'reference'> | undefined {
  const { code, facts = {} } = refusal;
  const isLimit = facts['limit'] === true;
  const isOver = !isLimit && now >= plusSeconds(retriedAt ?? happenedAt, triedForDays * 86_400);
  if (code !== 'provider-unavailable' || isOver) return undefined;
  const after = Number(facts['retryAfterSeconds'] ?? 0);
  const reference = worksOn(refusal);
  return isLimit || reference !== undefined
    ? { tries, dueAt: plusSeconds(now, after), ...present({ reference }) }
    : { tries: tries + 1, dueAt: plusSeconds(now, Math.max(after, pauseSeconds(tries))) };
}
