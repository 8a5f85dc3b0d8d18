import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Publication } from '../../../../shared/model/network/publication.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Offer } from '../availability-connector.ts';
import { idChanges } from '../listings/put-listing.ts';

/** Who the channel's ids of a SKU come from. */
const actor = 'channels';

/**
 * Writes a publication by what it is now, and with it the ids that its channel has given the SKU.
 * @param change what to write; `undefined`: nothing
 * @throws Error when others kept changing it
 */
export async function write(
  ports: Pick<
    ChannelsPorts,
    'connectorOf' | 'publications' | 'listing' | 'listingTarget' | 'isInPool' | 'pools' | 'commit'
  >,
  channel: Channel,
  read: Publication,
  { change, ids = {}, now }: Writing,
): Promise<void> {
  let isFirst = true;
  const written: Result<true> = await decideAndCommit<true>(ports.commit, async () => {
    const current = isFirst ? read : await ports.publications.one(read);
    isFirst = false;
    const item = current && change(current);
    const kept: Change[] = await idChanges(ports, channel, read.sku, ids, { now, actor });
    const put = current && item ? [replace('publication', item, current.version)] : [];
    return ok({ changes: [...put, ...kept], reply: true });
  });
  if (!written.ok) throw new Error(`${read.sku} on ${channel.channelId} was not written: ${written.refusal.detail}`);
}

/** What is to be written. */
export interface Writing {
  readonly change: (current: Publication) => Publication | undefined;
  readonly ids?: Offer['ids'] | undefined;
  readonly now: string;
}
