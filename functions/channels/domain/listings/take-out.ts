import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import { listingStateOf, released } from '../../../../shared/model/network/listing-state.ts';
import { type Channel, type Listing, usualLowStock } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { isToldBy } from '../availability-connector.ts';
import { here, movesOf } from '../availability/here.ts';
import { mostShown, withDue } from '../availability/urgency.ts';
import { noChannel, noneOf } from '../channels/read-channel.ts';
import { askedAnew } from '../publications/asked-anew.ts';
import { type ListingKey, type ListingView, viewOf } from './put-listing.ts';

/** What taking a listing out needs. */
export type TakeOutPorts = Pick<
  ChannelsPorts,
  'channel' | 'connectorOf' | 'listing' | 'publications' | 'wake' | 'commit'
>;

/** When, and whether a person says that the channel has no such thing any more. */
export interface TakingOut {
  readonly now: string;
  readonly goneAtChannel: boolean;
}

/**
 * Takes a SKU out of a channel: the channel is told that nothing of it is to be sold, before all else, and the listing is out once that is acknowledged; at once where
 * nobody has to be told. What is published of it is taken off. Its ids stay known for orders that were sold before. Safe to repeat. Refusal: `not-found`.
 */
export const takeOutListing =
  (ports: TakeOutPorts) =>
  async (key: ListingKey, how: TakingOut): Promise<Result<ListingView>> => {
    const taken = await decideAndCommit<TakenOut>(ports.commit, () => decide(ports, key, how));
    if (!taken.ok) return taken;
    const { view, channel } = taken.value;
    // Also where it is a repeat: the call before may have come no further than its commit.
    if (view.state === 'LEAVING') await ports.wake(key.channelId, 'stock');
    if (ports.connectorOf(channel.type).listings !== undefined) await ports.wake(key.channelId, 'listings');
    return ok(view);
  };

interface TakenOut {
  readonly view: ListingView;
  readonly channel: Channel;
}

async function decide(
  ports: TakeOutPorts,
  { channelId, sku }: ListingKey,
  how: TakingOut,
): Promise<Result<Decision<TakenOut>>> {
  const [channel, current] = await Promise.all([ports.channel(channelId), ports.listing(channelId, sku)]);
  if (channel === undefined) return noChannel(channelId);
  if (current === undefined) return noneOf(ports, channelId, `${sku} is not listed on ${channelId}.`);
  const after = takenOut(ports, channel, current, how);
  const reply = { view: viewOf(after), channel };
  if (after === current) return ok({ changes: [], reply });
  const off = current.out === undefined ? await askedAnew(ports, channel, sku, how.now) : [];
  return ok({ changes: [replace('listing', after, current.version), ...off], reply });
}

/** @returns the listing itself where it is so already */
function takenOut(
  { connectorOf }: Pick<ChannelsPorts, 'connectorOf'>,
  channel: Channel,
  listing: Listing,
  { now, goneAtChannel }: TakingOut,
): Listing {
  const state = listingStateOf(listing);
  const isHeard = isToldBy(connectorOf(channel.type).availability, channel, listing) && !goneAtChannel;
  if (state === 'OUT' || (state === 'LEAVING' && isHeard)) return listing;
  const { offer, out, ...rest } = here(listing, channel);
  const leaving = { out: out ?? { state: 'LEAVING', since: now }, version: listing.version + 1 } as const;
  return released({ ...rest, ...leaving, ...(isHeard && { offer: nothingToSell(offer, channel, now) }) });
}

/** Due now, unless the channel shows that for certain. What it refused before it may take, or say that it does not know it. */
function nothingToSell(
  before: ListingOffer | undefined,
  { pool, lowStock, moves }: Channel,
  now: string,
): ListingOffer {
  const { due, refused: _refused, ...known } = before ?? { wantedVersion: 0, wantedPool: pool };
  const offer = { ...known, ...movesOf({ moves: before?.moves ?? moves }), wanted: 0, wantedAt: now };
  const shown = before && mostShown(before);
  const how = { lowStock: lowStock ?? usualLowStock, byLocation: false, now };
  return withDue(offer, { ...(due && { before: due }), since: now, shown }, how);
}
