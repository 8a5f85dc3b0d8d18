import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { asked } from './change.ts';
import { hidesSoldOut, isSoldOut } from './wanted.ts';

/**
 * What a listing that is sold out, or is so no more, asks of its publication: part of the transaction that writes the listing, so that no change of it is missed. One
 * read, and only at such a moment. The lane `listings` is to be woken when there is anything in it.
 */
export async function soldOutChanges(
  { publications, connectorOf }: Pick<ChannelsPorts, 'publications' | 'connectorOf'>,
  channel: Channel,
  { before, after, now }: { readonly before: Listing | undefined; readonly after: Listing; readonly now: string },
): Promise<Change[]> {
  if (isSoldOut(before) === isSoldOut(after) || connectorOf(channel.type).listings === undefined) return [];
  const publication = await publications.one(after);
  if (publication?.intent !== 'published' || !hidesSoldOut(channel, publication)) return [];
  return [replace('publication', asked(publication, now), publication.version)];
}
