import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Clock } from '../../../../shared/kernel/time.ts';
import { type PutChange, create, replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Channel, type Listing, publishedQuantity, termsFor } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Connector } from '../connector.ts';
import { claimOf, isSettled } from './claim.ts';
import { type Availability } from './newest.ts';
import { releasedAfter, settlementOf } from './settle.ts';

/** One channel, and what is needed to tell it. */
export interface Worker {
  readonly ports: ChannelsPorts;
  readonly clock: Clock;
  readonly channel: Channel;
  readonly connector: NonNullable<Connector['availability']>;
}

/** A listing that this worker is to tell the channel about. */
export interface Claimed {
  readonly sku: string;
  readonly eventIds: readonly string[];
  /** The listing as it was written last. */
  readonly listing: Listing;
  /** What the channel shows for certain. */
  readonly previous?: number;
}

/** A listing counts every write of it, so its version before this write is one less. */
const put = (listing: Listing): PutChange =>
  listing.version === 1 ? create('listing', listing) : replace('listing', listing, listing.version - 1);

/** Records the quantity and claims the call; nothing when there is no call to make. */
export const claimListing = (
  { ports, clock, channel, connector }: Worker,
  availability: Availability,
): Promise<Result<Claimed | undefined>> =>
  decideAndCommit(ports.commit, async () => {
    const current = await ports.listing(channel.channelId, availability.sku);
    if (!connector.shows(channel, current)) return ok({ changes: [], reply: undefined });
    if (isSilent(channel, current)) return ok({ changes: [], reply: undefined });
    const quantity = await quantityFor(ports, channel, availability);
    const { write, send } = claimOf(current, { channelId: channel.channelId, availability, quantity }, clock.now());
    if (write === undefined || !send) return ok({ changes: write === undefined ? [] : [put(write)], reply: undefined });
    const certain = current !== undefined && isSettled(current) && current.published !== undefined;
    const { sku, eventIds } = availability;
    return ok({
      changes: [put(write)],
      reply: { sku, eventIds, listing: write, ...(certain && { previous: current.published }) },
    });
  });

/** A channel that is not active shows nothing: one that was told so, or never told anything, need not be told again. */
const isSilent = ({ active }: Channel, listing: Listing | undefined): boolean =>
  !active && (listing?.wanted === undefined || (listing.wanted === 0 && isSettled(listing)));

/** What the channel may show. Its own units are read only where it ever had any; when they change, a newer version of the pool follows. */
async function quantityFor(
  ports: ChannelsPorts,
  channel: Channel,
  { sku, pool, ats, terms }: Availability,
): Promise<number> {
  const share = channel.fenced === true ? await ports.shareOf(sku, pool, channel.channelId) : undefined;
  return publishedQuantity(ats, channel.active, termsFor(channel, terms && { terms }), share?.fenced);
}

/** Records what the channel acknowledged; the next call to make when something newer came meanwhile. */
export const settleListing = (
  { ports, clock }: Worker,
  { listing: sent, sku, eventIds }: Claimed,
): Promise<Result<Claimed | undefined>> =>
  decideAndCommit(ports.commit, async () => {
    const current = await ports.listing(sent.channelId, sku);
    if (current === undefined) return refuse('not-found', `The listing of ${sku} on ${sent.channelId} is gone.`);
    const { write, goOn } = settlementOf(current, sent, clock.now());
    const previous = write.published;
    return ok({
      changes: [put(write)],
      reply: goOn ? { sku, eventIds, listing: write, ...(previous !== undefined && { previous }) } : undefined,
    });
  });

/** Gives a claim up after a failed call. */
export const releaseListing = ({ ports }: Worker, { listing: sent, sku }: Claimed): Promise<Result<void>> =>
  decideAndCommit(ports.commit, async () => {
    const current = await ports.listing(sent.channelId, sku);
    const free = current && releasedAfter(current, sent);
    return ok({ changes: free === undefined ? [] : [put(free)], reply: undefined });
  });
