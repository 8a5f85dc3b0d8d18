import { type LaneName } from '../../../../shared/model/channels/lane.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { eachSettled } from '../each-settled.ts';
import { lateness } from './lateness.ts';
import { isAwaited, leasedLane, wakeLane } from './wake-lane.ts';

/** Whether something of a lane waits, due or not. */
export type LaneBacklog = {
  readonly [L in LaneName]?: (ports: ChannelsPorts, channelId: string, now: string) => Promise<boolean>;
};

/**
 * Wakes lanes in which something waits and to which nobody comes: what a crash between any two calls, or a message that was lost, has left behind. And
 * measures how late each channel is at this moment: one that says nothing at all has no acknowledgement by which that could be seen.
 * @returns how many
 * @throws AggregateError with what went wrong, after every channel had its turn
 */
export const sweepLanes =
  (ports: ChannelsPorts, backlog: LaneBacklog) =>
  async (now: string): Promise<number> => {
    const channels = (await ports.channels()).filter(({ paused }) => paused !== true);
    const woken = await eachSettled(channels, (channel) => sweep(ports, backlog, channel, now));
    return woken.reduce((sum, count) => sum + count, 0);
  };

async function sweep(ports: ChannelsPorts, backlog: LaneBacklog, channel: Channel, now: string): Promise<number> {
  const { channelId, type } = channel;
  const lanes = await ports.lanes.all(channelId);
  let woken = 0;
  for (const [name, waits] of Object.entries(backlog) as [LaneName, NonNullable<LaneBacklog[LaneName]>][]) {
    const lane = lanes.find((one) => one.lane === leasedLane(ports.connectorOf(type), name));
    // Somebody who comes at any time looks at everything, and says when the next is needed.
    if ((lane && isAwaited(lane, '9', now)) === true || !(await waits(ports, channelId, now))) continue;
    await wakeLane(ports, channel, name, { now });
    woken += 1;
  }
  ports.measureLateness(channelId, await lateness(ports, channelId, lanes, now));
  return woken;
}
