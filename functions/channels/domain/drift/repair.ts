import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type DriftRepair } from '../../../../shared/model/channels/drift-run.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { usualLowStock } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { isByLocation } from '../availability/by-location.ts';
import { corrected } from '../availability/correct.ts';
import { type Kept, type Listener, recording } from '../availability/record-offers.ts';
import { rewrite } from '../availability/rewrite.ts';
import { wakeLane } from '../lanes/wake-lane.ts';
import { newsOf } from '../availability/sellable.ts';

/** Listings written at once. */
const width = 16;

/**
 * Puts right what a comparison has found, and wakes the lanes that tell it; a second time it does nothing.
 * @throws Error when others kept changing a listing
 */
export async function putRight(
  ports: ChannelsPorts,
  listener: Listener,
  repairs: readonly DriftRepair[],
  now: string,
): Promise<void> {
  const lost = repairs.filter(({ anew }) => anew === true);
  await tellAgain(
    ports,
    listener,
    repairs.filter(({ anew }) => anew !== true),
    now,
  );
  const kept = await atMost(width, lost, ({ sku }) => recordAnew(ports, listener, sku, now));
  if (repairs.length > 0) await wakeLane(ports, listener.channel, 'stock', { now });
  if (kept.some(({ isShownOtherwise }) => isShownOtherwise))
    await wakeLane(ports, listener.channel, 'listings', { now });
}

/** Has the channel told again what it shows otherwise. */
async function tellAgain(
  ports: ChannelsPorts,
  { channel, availability }: Listener,
  repairs: readonly DriftRepair[],
  now: string,
): Promise<void> {
  const how = { lowStock: channel.lowStock ?? usualLowStock, byLocation: isByLocation(channel, availability), now };
  const bySku = new Map(repairs.map((one) => [one.sku, one]));
  const listings = await ports.listings([...bySku.keys()].map((sku) => ({ channelId: channel.channelId, sku })));
  await atMost(width, listings, (listing) =>
    rewrite(ports, listing, (current) => {
      const one = bySku.get(current.sku);
      return one && corrected(current, one, how);
    }),
  );
}

/**
 * Records what the pool of a SKU says by then, never what it was compared with. The listing is read first: what is recorded meanwhile is newer, and has it read again.
 * @throws Error when others kept changing it
 */
async function recordAnew(ports: ChannelsPorts, listener: Listener, sku: string, now: string): Promise<Kept> {
  const { channel } = listener;
  const kept: Result<Kept> = await decideAndCommit<Kept>(ports.commit, async () => {
    const listing = await ports.listing(channel.channelId, sku);
    const [news] = await newsOf(ports, channel, [sku]);
    return ok(
      news === undefined ? { changes: [], reply: {} } : await recording(ports, { ...listener, news, listing }, now),
    );
  });
  if (!kept.ok) throw new Error(`${sku} was not recorded for ${channel.channelId}: ${kept.refusal.detail}`);
  return kept.value;
}
