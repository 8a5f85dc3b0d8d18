import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { asked } from './change.ts';

/**
 * Has what is published of a SKU told anew, as its listing is taken out or comes back: part of the transaction that writes the listing, and one read. The lane
 * `listings` is to be woken when there is anything in it.
 */
export async function askedAnew(
  { publications, connectorOf }: Pick<ChannelsPorts, 'publications' | 'connectorOf'>,
  { channelId, type }: Channel,
  sku: string,
  now: string,
): Promise<Change[]> {
  if (connectorOf(type).listings === undefined) return [];
  const publication = await publications.one({ channelId, sku });
  return publication?.intent === 'published'
    ? [replace('publication', asked(publication, now), publication.version)]
    : [];
}
