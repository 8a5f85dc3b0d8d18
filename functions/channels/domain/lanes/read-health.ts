import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Lane, type LaneName, laneNames } from '../../../../shared/model/channels/lane.ts';
import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type Backlog } from '../../offer-ports.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { settingLack } from '../availability/lacking.ts';
import { type Failing, failingOf } from '../availability/read-offer.ts';
import { noChannel } from '../channels/read-channel.ts';
import { isProbing, opensAt } from './breaker.ts';
import { type LagSummary, lagSummary } from './lag.ts';
import { leasedLane } from './wake-lane.ts';

/** So many of a kind are counted. */
const mostCounted = 1_000;
/** So many refusals are shown, and so many that fail. */
const mostRefusals = 20;
/** So many of each end of what is due are looked at, by urgency: all of it, where no more are waiting than are counted. */
const mostOfEnd = mostCounted / 2;

interface Wrong {
  readonly at: string;
  readonly code: string;
  readonly detail: string;
}

/** What a lane does. */
export interface LaneView {
  readonly lane: LaneName;
  readonly state: 'idle' | 'working' | 'waiting' | 'open';
  readonly until?: string;
  readonly failures: number;
  readonly lastSuccessAt?: string;
  readonly lastError?: Wrong;
}

/** How a channel is doing. */
export interface ChannelHealth {
  readonly channelId: string;
  readonly paused: boolean;
  readonly lanes: LaneView[];
  readonly stock: {
    readonly lacks?: string;
    readonly waiting: Readonly<Record<'now' | 'fall' | 'rise', Backlog>>;
    readonly oldestDueSince?: string;
    readonly lag?: LagSummary;
    readonly failing: (Failing & { readonly sku: string })[];
    readonly refused: Backlog;
    readonly refusals: (Wrong & { readonly sku: string })[];
  };
  /** Notices that wait, and that it refused. */
  readonly orders: { readonly pending: Backlog; readonly refused: Backlog };
  /** Publications that it rejected. */
  readonly listings: { readonly rejected: Backlog };
  readonly callsLeft: Record<string, number>;
}

/** Looks at what a channel is told, and how late. Refusal: `not-found`. */
export const readHealth =
  (ports: ChannelsPorts) =>
  async (channelId: string, now: string): Promise<Result<ChannelHealth>> => {
    const channel = await ports.channel(channelId);
    if (channel === undefined) return noChannel(channelId);
    const [lanes, stock, orders, rejected, callsLeft] = await Promise.all([
      ports.lanes.all(channelId),
      stockOf(ports, channelId, now),
      ordersOf(ports, channelId),
      ports.publications.count(channelId, 'REJECTED', mostCounted),
      callsLeftOf(ports, channel, now),
    ]);
    const connector = ports.connectorOf(channel.type);
    const laneOf = (name: LaneName) => lanes.find(({ lane }) => lane === leasedLane(connector, name));
    const lag = lagSummary(laneOf('stock')?.lags ?? [], now);
    return ok({
      channelId,
      paused: channel.paused === true,
      lanes: laneNames.map((name) => viewOf(name, laneOf(name), now)),
      stock: { ...present({ lacks: settingLack(channel, connector) }), ...stock, ...(lag && { lag }) },
      orders,
      listings: { rejected },
      callsLeft,
    });
  };

/** A lane that was never used is idle. */
function viewOf(lane: LaneName, kept: Lane | undefined, now: string): LaneView {
  if (kept === undefined) return { lane, state: 'idle', failures: 0 };
  const { lease, breaker, wakeAt, workedAt, lastError } = kept;
  const opens = opensAt(breaker, now);
  const told = {
    lane,
    failures: breaker?.failures ?? 0,
    ...(workedAt !== undefined && { lastSuccessAt: workedAt }),
    ...(lastError && { lastError }),
  };
  if (opens !== undefined) return { ...told, state: isProbing(breaker) ? 'open' : 'waiting', until: opens };
  if (lease !== undefined && lease.until > now) return { ...told, state: 'working' };
  return wakeAt !== undefined && wakeAt > now
    ? { ...told, state: 'waiting', until: wakeAt }
    : { ...told, state: 'idle' };
}

async function stockOf(ports: ChannelsPorts, channelId: string, now: string): Promise<ChannelHealth['stock']> {
  const [waiting, skus, refused] = await Promise.all([
    ports.offers.backlog(channelId, mostCounted),
    ports.offers.ends(channelId, mostOfEnd),
    refusedOf(ports, channelId),
  ]);
  const listings = await ports.listings(skus.map((sku) => ({ channelId, sku })));
  const [oldestDueSince] = listings.flatMap(({ offer }) => offer?.due?.since ?? []).sort();
  const failing = listings
    .flatMap(({ sku, offer }) => (offer?.unanswered ? [{ sku, ...failingOf(offer.unanswered) }] : []))
    .sort((a, b) => (a.since < b.since ? -1 : 1));
  return {
    waiting,
    failing: failing.slice(0, mostRefusals),
    refused: { count: refused.count, more: refused.more },
    refusals: refused.listings.flatMap(({ sku, offer }) => (offer?.refused ? [{ sku, ...offer.refused }] : [])),
    ...(oldestDueSince !== undefined && oldestDueSince <= now && { oldestDueSince }),
  };
}

async function ordersOf(ports: ChannelsPorts, channelId: string): Promise<ChannelHealth['orders']> {
  const [pending, refused] = await Promise.all([
    ports.noticeCount(channelId, 'PENDING', mostCounted),
    ports.noticeCount(channelId, 'REFUSED', mostCounted),
  ]);
  return { pending, refused };
}

async function refusedOf(
  ports: ChannelsPorts,
  channelId: string,
): Promise<Backlog & { readonly listings: readonly Listing[] }> {
  const skus: string[] = [];
  for await (const page of ports.offers.refused(channelId)) {
    skus.push(...page);
    if (skus.length > mostCounted) break;
  }
  const listings = await ports.listings(skus.slice(0, mostRefusals).map((sku) => ({ channelId, sku })));
  return { count: Math.min(mostCounted, skus.length), more: skus.length > mostCounted, listings };
}

async function callsLeftOf(
  ports: ChannelsPorts,
  { channelId, type }: Channel,
  now: string,
): Promise<Record<string, number>> {
  const limits = Object.entries(ports.connectorOf(type).limits ?? {});
  const left = limits.map(async ([name, limit]) => [name, await ports.callsLeft(channelId, name, limit, now)] as const);
  return Object.fromEntries(await Promise.all(left));
}
