import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Breaker, type Lane } from '../../../../shared/model/channels/lane.ts';
import { type Lateness } from '../../lane-ports.ts';
import { type ChannelsPorts } from '../../ports.ts';

/** So many of what waits are looked at for the one that has waited longest: one read. */
const mostLookedAt = 100;

/** A lane that still has something to tell is tried again sooner after its pause; one that was left empty keeps its failures, and means nothing by them. */
const triedWithinSeconds = 180;

/** How late a channel is at this moment, whether it answers or not. */
export async function lateness(
  ports: Pick<ChannelsPorts, 'offers' | 'listings'>,
  channelId: string,
  lanes: readonly Lane[],
  now: string,
): Promise<Lateness> {
  const failures = Math.max(0, ...lanes.map(({ breaker }) => failuresOf(breaker, now)));
  const { offers } = await ports.offers.due(channelId, '9', mostLookedAt);
  const urgent = offers.filter(({ urgency }) => urgency === 'now').map(({ sku }) => ({ channelId, sku }));
  const listings = urgent.length === 0 ? [] : await ports.listings(urgent);
  const waits = listings.flatMap(({ offer }) => (offer?.due?.urgency === 'now' ? offer.due.since : []));
  const urgentMs = Math.max(0, ...waits.map((since) => Date.parse(now) - Date.parse(since)));
  return { failures, urgentMs };
}

const failuresOf = (breaker: Breaker | undefined, now: string): number =>
  breaker?.openUntil !== undefined && plusSeconds(breaker.openUntil, triedWithinSeconds) > now ? breaker.failures : 0;
