import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Lane, type LaneName } from '../../../../shared/model/channels/lane.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type LaneStore } from '../../lane-ports.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Connector } from '../connector.ts';
import { opensAt } from './breaker.ts';

/** A worker that was to come is waited for so long; then it is taken for lost. */
const latenessSeconds = 15;
/** No message waits longer than this: a worker comes, sees that it is too early, and has another one come. An alarm is on older messages. */
const longestDelaySeconds = 300;

/** What waking needs. */
export type WakePorts = Pick<ChannelsPorts, 'connectorOf' | 'lanes'>;

/** The lane that is leased: a channel that takes one call at a time has one for all. */
export const leasedLane = (connector: Connector, lane: LaneName): LaneName =>
  connector.oneAtATime === true ? 'stock' : lane;

/** Until when a message is delayed that is to come at a time. */
export function messageAt(at: string, now: string): string {
  const latest = plusSeconds(now, longestDelaySeconds);
  return at < latest ? at : latest;
}

/** True when a worker is there, or comes by itself, no later than needed. */
export function isAwaited({ lease, wakeAt }: Lane, at: string, now: string): boolean {
  if (lease !== undefined && lease.until > now) return true;
  return wakeAt !== undefined && wakeAt <= at && wakeAt > plusSeconds(now, -latenessSeconds);
}

/** True when another worker than the one who asks is to come no later than at a time; one who comes so soon may be himself, by a clock that is fast. */
export const comesAnyway = ({ wakeAt }: Lane, at: string, now: string): boolean =>
  wakeAt !== undefined && wakeAt <= at && wakeAt > plusSeconds(now, latenessSeconds);

/**
 * Has a lane worked off, after something was put into it: by the worker that is there, by one that comes in time, or by one that is sent for. Twice, late
 * or by many at once does no harm.
 * @param at not needed before, RFC 3339; absent: at once
 */
export async function wakeLane(
  ports: WakePorts,
  channel: Channel,
  lane: LaneName,
  wake: { readonly now: string; readonly at?: string | undefined },
): Promise<void> {
  const { now } = wake;
  const id = { channelId: channel.channelId, lane: leasedLane(ports.connectorOf(channel.type), lane) };
  await bring(ports.lanes, await ports.lanes.ask(id, now), wake);
}

/** Sends for a worker, unless one comes anyway. */
export async function bring(
  lanes: LaneStore,
  lane: Lane,
  { now, at = now }: { readonly now: string; readonly at?: string | undefined },
): Promise<void> {
  const opens = opensAt(lane.breaker, now);
  const needed = opens !== undefined && opens > at ? opens : at;
  if (isAwaited(lane, needed, now)) return;
  if (needed <= now) return lanes.send(lane);
  const wakeAt = messageAt(needed, now);
  // Who has changed the lane meanwhile has counted this asking, or asks later: then nobody waits for what is too early.
  await lanes.send(lane, (await lanes.expectAt(lane, wakeAt, now)) ? wakeAt : undefined);
}
