import { skuPartition } from '../stock/table.ts';
import { type LedgerEntry, type Place } from './entry.ts';

/** Versions are as long as the largest safe integer, so that they sort as text. */
const versionDigits = 16;

/** A version in a sort key. */
export const versionKey = (version: number): string => String(version).padStart(versionDigits, '0');

/** The beginning of the sort keys of a place's entries. */
export function placeKey(place: Place): string {
  if (place.level === 'position') return `LOC#${place.location}#`;
  if (place.level === 'share') return `SHARE#${place.pool}#${place.channel}#`;
  return `POOL#${place.pool}#${place.stripe === undefined ? '' : `S${String(place.stripe).padStart(2, '0')}#`}`;
}

/** True for a stripe of a pool but the first: it comes and goes, and counts its versions from 1 each time. */
export const isStripe = (place: Place): boolean => place.level === 'pool' && place.stripe !== undefined;

/** The beginning of the sort keys of all stripes of a pool but the first. */
export const stripesKey = (pool: string): string => `POOL#${pool}#S`;

/** The listing of what happened at a location on one day (UTC). */
export const dayListing = (location: string, day: string): string => `LOCATION#${location}#${day}`;
/** The day of a time, UTC. */
export const dayOf = (time: string): string => time.slice(0, 'yyyy-mm-dd'.length);

/** Where an entry of a position stands on its day. */
export const listingKey = ({ place, version, at }: Pick<LedgerEntry, 'place' | 'version' | 'at'>): string =>
  `${at}#${place.sku}#${versionKey(version)}`;

/**
 * The key of an entry in table `ledger`, and where it is listed.
 *
 * | question | key | page |
 * |---|---|---|
 * | what happened to a place, in order | `pk = SKU#<sku>`, `sk` from `LOC#<location>#<version>` | 2,000 entries |
 * | what happened to a SKU | the same, all places merged by time | by the page's limit |
 * | what happened at a location | index `listing`, `lpk = LOCATION#<location>#<day>` | by the page's limit |
 * | how it stood at a time | `pk`, `sk` by halving the versions of a place | 1 each |
 *
 * Only positions are listed: each listing is one more write. Entries of a stripe have their time before their version, because a stripe that is
 * made anew counts from 1 again.
 */
export const ledgerKey = (entry: Pick<LedgerEntry, 'place' | 'version' | 'at'>) => ({
  pk: skuPartition(entry.place.sku),
  sk: `${placeKey(entry.place)}${isStripe(entry.place) ? `${entry.at}#` : ''}${versionKey(entry.version)}`,
  ...(entry.place.level === 'position' && {
    lpk: dayListing(entry.place.location, dayOf(entry.at)),
    lsk: listingKey(entry),
  }),
});
