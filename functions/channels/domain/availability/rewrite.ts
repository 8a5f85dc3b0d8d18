import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { released } from '../../../../shared/model/network/listing-state.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';

/**
 * Writes a listing by what it is: at first as it was read before, then, where it has changed meanwhile, as it is now. One that leaves is out once nothing is to be told.
 * @param change what to write; `undefined`: nothing
 * @throws Error when others kept changing it
 */
export async function rewrite(
  ports: Pick<ChannelsPorts, 'listing' | 'commit'>,
  read: Listing,
  change: (current: Listing) => Listing | undefined,
): Promise<void> {
  let isFirst = true;
  const written: Result<undefined> = await decideAndCommit<undefined>(ports.commit, async () => {
    const current = isFirst ? read : await ports.listing(read.channelId, read.sku);
    isFirst = false;
    const write = current && change(current);
    const changes = current && write ? [replace('listing', released(write), current.version)] : [];
    return ok({ changes, reply: undefined });
  });
  if (!written.ok)
    throw new Error(`the listing of ${read.sku} on ${read.channelId} was not written: ${written.refusal.detail}`);
}
