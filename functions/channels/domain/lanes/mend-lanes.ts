import { type ChannelsPorts } from '../../ports.ts';

/**
 * Has a channel's lanes worked off at once, whatever they failed by: somebody has mended it, or has seen that the channel answers. A worker that
 * is at it this moment, perhaps with what was wrong, notices before it leaves. Safe to repeat; left undone by a crash, the lanes try again by themselves.
 */
export async function mendLanes(ports: Pick<ChannelsPorts, 'lanes' | 'wake'>, channelId: string): Promise<void> {
  const lanes = await ports.lanes.all(channelId);
  const stuck = lanes.filter(({ breaker, lease }) => breaker !== undefined || lease !== undefined);
  await Promise.all(
    stuck.map(async ({ lane }) => {
      await ports.lanes.mend({ channelId, lane });
      await ports.wake(channelId, lane);
    }),
  );
}
