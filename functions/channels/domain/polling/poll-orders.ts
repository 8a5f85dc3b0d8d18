import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type OrderPoll } from '../../../../shared/model/inbox/order-poll.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Connector, type PollWindow, type PolledPage } from '../connector.ts';
import { storeDeliveries } from '../receive-webhook.ts';
import { keepTooLarge } from './keep-too-large.ts';

type PollPorts = Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'connection' | 'poll' | 'commit'>;
type Poll = NonNullable<Connector['poll']>;

/** What has failed is tried again after this, and after ever longer up to the most. */
const firstRetrySeconds = 30;
const mostRetrySeconds = 900;
/** A cursor with which that many calls in a row have failed is no good any more: channels forget them, and change them with their type. */
const failuresOfCursor = 6;
/** Who runs out of time is followed this much later. */
const handOverSeconds = 60;
/** How often a paused channel is looked at. */
const pausedSeconds = 300;

/** When it is now, and whether time is left for another page. */
export interface PollCall {
  readonly pollId: string;
  readonly now: () => string;
  readonly isOut: () => boolean;
  /** Told of what broke and is nothing that a channel may answer: it goes into the log. */
  readonly broke: (error: unknown) => void;
}

/**
 * Asks a channel for its orders, page by page, until the window is done, time is out, or the channel does not answer. Each page's orders are
 * stored before the place is written; of two who ask at once, one writes its place and the other stops. A page that cannot be read or stored
 * waits longer and longer like one that is not answered, and its poll says so.
 * @throws Error when its place cannot be written either: the queue brings it again
 */
export const pollOrders =
  (ports: PollPorts) =>
  async ({ pollId, now, isOut, broke }: PollCall): Promise<void> => {
    let poll = await ports.poll(pollId);
    for (let first = true; poll?.state === 'RUNNING' && (first || !isOut()); first = false) {
      const step = await nextStep(ports, poll, now(), broke);
      const item: OrderPoll = { ...step.poll, version: poll.version + 1, updatedAt: now(), events: [] };
      const { ok } = await ports.commit([replace('orderPoll', item, poll.version)]);
      if (!ok || step.ends) return;
      poll = item;
    }
  };

interface Step {
  readonly poll: OrderPoll;
  /** True when it is not to go on now. */
  readonly ends: boolean;
}

async function nextStep(
  ports: PollPorts,
  poll: OrderPoll,
  now: string,
  broke: (error: unknown) => void,
): Promise<Step> {
  const channel = await ports.channel(poll.channelId);
  const how = channel && ports.connectorOf(channel.type).poll;
  if (channel === undefined || how === undefined) return { poll: { ...poll, state: 'STOPPED' }, ends: true };
  if (channel.paused === true || !channel.active)
    return { poll: { ...poll, dueAt: plusSeconds(now, pausedSeconds) }, ends: true };
  const window = { from: poll.from, to: poll.to ?? now, ...(poll.cursor !== undefined && { cursor: poll.cursor }) };
  const page = await askedOf(ports, channel, how, window, now).catch((error: unknown) => {
    broke(error);
    return refuse('provider-unavailable', brokenPage(channel));
  });
  if (!page.ok) return { poll: failed(poll, page.refusal, now), ends: true };
  const { stored } = page.value;
  if (page.value.cursor !== undefined && page.value.cursor === poll.cursor)
    return { poll: failed(poll, samePage(channel), now), ends: true };
  return advanced({ ...poll, to: window.to }, how, page.value, stored, now);
}

/** A page, with its orders stored. */
async function askedOf(
  ports: PollPorts,
  channel: Channel,
  how: Poll,
  window: PollWindow,
  now: string,
): Promise<Result<PolledPage & { readonly stored: number }>> {
  const page = await how.page(window, await ports.connection(channel));
  return page.ok ? ok({ ...page.value, stored: await storedOf(ports, channel, page.value, now) }) : page;
}

const brokenPage = ({ channelId }: Channel): string =>
  `A page of channel ${channelId} could not be read or stored here. It is tried again; if that does not help, report it with the log of poll-orders at this time.`;

/** How many of a page's orders were not known as they are. One that is too large to be kept is kept without its body, for a person. */
async function storedOf(ports: PollPorts, channel: Channel, { deliveries }: PolledPage, now: string): Promise<number> {
  const stored = await Promise.all(
    deliveries.map(async ({ body, ...delivery }) => {
      const receipt = await storeDeliveries(ports, channel.channelId, body, [delivery], now);
      return receipt.ok ? !receipt.value.duplicate : keepTooLarge(ports, channel, delivery, now);
    }),
  );
  return stored.filter((isNew) => isNew).length;
}

const samePage = ({ channelId }: Channel) => ({
  detail: `Channel ${channelId} answers with the same page again and again, and says that more follow.`,
});

function advanced(poll: OrderPoll, how: Poll, { deliveries, cursor }: PolledPage, stored: number, now: string): Step {
  const { error: _error, failedAt: _failedAt, cursor: _before, ...rest } = poll;
  const counted = {
    ...rest,
    pages: poll.pages + 1,
    found: poll.found + deliveries.length,
    stored: poll.stored + stored,
    failures: 0,
    workedAt: now,
  };
  if (cursor !== undefined)
    return { poll: { ...counted, cursor, dueAt: plusSeconds(now, handOverSeconds) }, ends: false };
  if (poll.kind === 'backfill') return { poll: { ...counted, state: 'DONE' }, ends: true };
  const { to = now, ...live } = counted;
  // Not further back than where it began: a window that is shorter than the overlap would walk into the past.
  const from = plusSeconds(to, -how.overlapSeconds);
  return {
    poll: { ...live, from: from < poll.from ? poll.from : from, dueAt: plusSeconds(now, how.everySeconds) },
    ends: true,
  };
}

/** Tried again later and later. Where a cursor does not work, its window is begun anew: what is stored is not stored again. */
function failed(
  poll: OrderPoll,
  { detail, facts }: { readonly detail: string; readonly facts?: Readonly<Record<string, unknown>> },
  now: string,
): OrderPoll {
  const asked = Number(facts?.['retryAfterSeconds'] ?? 0);
  const wait = Math.max(asked, Math.min(mostRetrySeconds, firstRetrySeconds * 2 ** poll.failures));
  const failures = poll.failures + 1;
  const { cursor, ...begun } = poll;
  const goesOn = cursor !== undefined && failures % failuresOfCursor !== 0;
  return { ...begun, ...(goesOn && { cursor }), error: detail, failedAt: now, failures, dueAt: plusSeconds(now, wait) };
}
