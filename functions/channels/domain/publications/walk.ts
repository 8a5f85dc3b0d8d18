import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type PublicationWalk } from '../../../../shared/model/network/publication-walk.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type LaneWorker } from '../lanes/lane-step.ts';
import { refreshPage } from './refresh.ts';

/** Publications that one step looks at: a second's work, so that what is due is told in between. */
const pageSize = 100;

type WalkPorts = Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'publications' | 'wake' | 'commit'>;

/** Has all publications of some channels looked at again: a rule or price list of theirs has changed. Safe to repeat. */
export const walkChannels =
  (ports: WalkPorts) =>
  async (channelIds: readonly string[], now: string): Promise<void> => {
    for (const channelId of channelIds) {
      const channel = await ports.channel(channelId);
      if (channel === undefined || ports.connectorOf(channel.type).listings === undefined) continue;
      await change(ports, channelId, (current) => begun(current, channelId, now));
      await ports.wake(channelId, 'listings');
    }
  };

/** Looks at the next page of a channel's publications, where there is a walk. @returns whether there was one: then there may be more to do */
export async function walkOn({ ports, channel, clock }: LaneWorker): Promise<boolean> {
  const { channelId } = channel;
  const walk = await ports.publications.walk(channelId);
  if (walk?.state !== 'RUNNING') return false;
  const skus = (await ports.publications.after(channelId, walk.after, pageSize)).map(({ sku }) => sku);
  const now = clock.now();
  await refreshPage(ports, channel, skus, now);
  const last = skus.length < pageSize ? undefined : skus.at(-1);
  await change(ports, channelId, (current) =>
    current?.state === 'RUNNING' && current.after === walk.after ? advanced(current, last, now) : undefined,
  );
  return true;
}

/** What is asked for while it is under way is done once it has come to its end: pages before that one may have been read before the change. */
function begun(current: PublicationWalk | undefined, channelId: string, now: string): PublicationWalk | undefined {
  const version = (current?.version ?? 0) + 1;
  if (current?.state !== 'RUNNING') return { channelId, state: 'RUNNING', version, updatedAt: now };
  return current.again === true ? undefined : { ...current, again: true, version, updatedAt: now };
}

/** @param last where the page ended; absent: it was the last */
function advanced(walk: PublicationWalk, last: string | undefined, now: string): PublicationWalk {
  const { channelId, again } = walk;
  const version = walk.version + 1;
  if (last !== undefined) return { ...walk, after: last, version, updatedAt: now };
  return { channelId, state: again === true ? 'RUNNING' : 'DONE', version, updatedAt: now };
}

/** Writes a walk by what it is now. @throws Error when others kept changing it */
async function change(
  ports: Pick<ChannelsPorts, 'publications' | 'commit'>,
  channelId: string,
  to: (current: PublicationWalk | undefined) => PublicationWalk | undefined,
): Promise<void> {
  const written: Result<true> = await decideAndCommit<true>(ports.commit, async () => {
    const current = await ports.publications.walk(channelId);
    const walk = to(current);
    if (walk === undefined) return ok({ changes: [], reply: true });
    const put =
      current === undefined ? create('publicationWalk', walk) : replace('publicationWalk', walk, current.version);
    return ok({ changes: [put], reply: true });
  });
  if (!written.ok)
    throw new Error(`the walk over publications of ${channelId} was not written: ${written.refusal.detail}`);
}
