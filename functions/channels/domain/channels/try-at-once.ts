import { type ChannelsPorts } from '../../ports.ts';
import { hastenOffers } from '../availability/hasten.ts';
import { mendLanes } from '../lanes/mend-lanes.ts';

/** What it takes to have a channel tried at once. */
export type AtOncePorts = Pick<ChannelsPorts, 'lanes' | 'wake' | 'offers' | 'listings' | 'listing' | 'commit'>;

/**
 * Has what waits for a channel tried at once, as somebody has mended something: its lanes, and the SKUs that stepped aside because it did not answer for them. Safe to repeat; left
 * undone by a crash, all of it is tried when its time has come.
 */
export async function tryAtOnce(ports: AtOncePorts, channelId: string, now: string): Promise<void> {
  const hastened = await hastenOffers(ports, channelId, now);
  await mendLanes(ports, channelId);
  if (hastened > 0) await ports.wake(channelId, 'stock');
}
