import { cursorOf, placeOf } from '../../../shared/kernel/cursor.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type LedgerEntry } from '../../../shared/model/ledger/entry.ts';
import { dayListing, dayOf, ledgerKey, listingKey } from '../../../shared/model/ledger/table.ts';
import { type EntryKey, type LedgerPage, type LedgerPorts } from '../ports.ts';
import { foreignCursor } from './page.ts';

/** Which entries of a location are asked for. */
export interface LocationQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const daySeconds = 24 * 3600;
/** Each day is a partition of its own and costs a query, also one on which nothing happened. */
const mostDays = 31;

/**
 * What happened at a location, newest first, by day; the last 31 days unless it is said otherwise. Refusal: `invalid-request` for a longer
 * time, or another listing's cursor.
 */
export const readLocationLedger =
  (ports: Pick<LedgerPorts, 'dayAt'>) =>
  async (location: string, query: LocationQuery, now: string): Promise<LedgerPage> => {
    const to = new Date(query.to ?? now).toISOString();
    const from =
      query.from === undefined ? plusSeconds(to, -mostDays * daySeconds) : new Date(query.from).toISOString();
    if (from < plusSeconds(to, -mostDays * daySeconds) || from > to) {
      return refuse('invalid-request', `Ask for at most ${mostDays} days that end after they begin.`, {
        errors: [{ pointer: '#query/from', detail: `must be at most ${mostDays} days before \`to\`` }],
      });
    }
    const start = startIn(query.cursor, location, to);
    if (start === undefined) return foreignCursor();
    const entries: LedgerEntry[] = [];
    let { day = dayOf(to), after } = start;
    if (after !== undefined && after.lsk < from) return ok({ entries });
    while (day >= dayOf(from)) {
      const range = { from, to, ...(after && { after }), limit: query.limit - entries.length };
      const page = await ports.dayAt(location, day, range);
      entries.push(...page.entries);
      const last = page.entries.at(-1);
      if (last !== undefined && entries.length >= query.limit)
        return ok({ entries, cursor: cursorAfter(location, last) });
      after = page.next;
      if (after === undefined) day = dayOf(plusSeconds(`${day}T00:00:00.000Z`, -daySeconds));
    }
    return ok({ entries });
  };

/** Behind an entry, on its day; the next page may begin on the day before. */
function cursorAfter(location: string, entry: LedgerEntry): string {
  const { pk, sk } = ledgerKey(entry);
  return cursorOf({ lpk: dayListing(location, dayOf(entry.at)), lsk: listingKey(entry), pk, sk });
}

/**
 * Where to go on; `undefined` for another listing's cursor. One from a page of later times begins at `to`: DynamoDB refuses a start that is
 * outside of the range.
 */
function startIn(
  cursor: string | undefined,
  location: string,
  to: string,
): { readonly day?: string; readonly after?: EntryKey | undefined } | undefined {
  if (cursor === undefined) return {};
  const place = placeOf(cursor);
  const prefix = dayListing(location, '');
  if (!place?.lpk.startsWith(prefix)) return undefined;
  const { lpk, ...after } = place;
  if (after.lsk > `${to}$`) return {};
  return { day: lpk.slice(prefix.length), after };
}
