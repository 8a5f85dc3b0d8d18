import { cursorOf, placeOf } from '../../../shared/kernel/cursor.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type LedgerEntry } from '../../../shared/model/ledger/entry.ts';
import { type LedgerPage } from '../ports.ts';
import { type Mark, markOf } from './newest-first.ts';

/** How many entries one page looks at, at most: a page of few among many says where to go on. */
const mostLookedAt = 5000;

/** Where the last page of a listing ended. Refusal: `invalid-request` for another listing's cursor. */
export function markIn(cursor: string | undefined, listing: string): Result<Mark | undefined> {
  if (cursor === undefined) return ok(undefined);
  const place = placeOf(cursor);
  if (place?.lpk !== listing) return foreignCursor();
  return ok({ at: place.lsk, pk: place.pk, sk: place.sk });
}

/** The refusal of a cursor that another listing has made. */
export const foreignCursor = () =>
  refuse('invalid-request', 'The cursor is from another listing. Leave it out to begin with the first page.', {
    errors: [{ pointer: '#query/cursor', detail: 'must come from the previous page of this listing' }],
  });

/** The first entries that fit, and where to go on. */
export async function pageOf(
  entries: AsyncIterable<LedgerEntry>,
  listing: string,
  limit: number,
  fits: (entry: LedgerEntry) => boolean,
): Promise<LedgerPage> {
  const found: LedgerEntry[] = [];
  let looked = 0;
  for await (const entry of entries) {
    if (fits(entry)) found.push(entry);
    looked += 1;
    if (found.length < limit && looked < mostLookedAt) continue;
    const { at, pk, sk } = markOf(entry);
    return ok({ entries: found, cursor: cursorOf({ lpk: listing, lsk: at, pk, sk }) });
  }
  return ok({ entries: found });
}
