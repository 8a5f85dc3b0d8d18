import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type LedgerEntry, type Place } from '../../../shared/model/ledger/entry.ts';
import { latenessSeconds } from '../../../shared/model/ledger/lateness.ts';
import { type LedgerPorts, type PlaceNow, type Start } from '../ports.ts';

/** A place with fewer versions than these is read through: that is one page of a query. */
const worthSearching = 500;

/** Where to begin to read a place downwards, so that nothing with a time up to `until` is missed. A stripe is stored by time. */
export async function startUpTo(
  ports: Pick<LedgerPorts, 'entryUpTo'>,
  { place, item }: PlaceNow,
  until: string | undefined,
): Promise<Start> {
  if (item === undefined) return { until: until ?? '~' };
  const isAll = until === undefined || until >= item.cause.at;
  return { version: isAll ? item.version : await versionUpTo(ports, place, item.version, until) };
}

/** A version after which nothing has a time up to `until`, found by halving. */
async function versionUpTo(
  ports: Pick<LedgerPorts, 'entryUpTo'>,
  place: Place,
  newest: number,
  until: string,
): Promise<number> {
  const beyond = plusSeconds(until, latenessSeconds);
  let [low, high] = [1, newest];
  while (high - low > worthSearching) {
    const middle = Math.floor((low + high) / 2);
    const entry = await ports.entryUpTo(place, middle);
    if (entry !== undefined && entry.at > beyond) high = middle;
    else low = middle;
  }
  return high;
}

/** The last thing that happened to a place up to a time; `undefined` when nothing had. */
export async function lastUpTo(
  ports: Pick<LedgerPorts, 'entryUpTo' | 'entries'>,
  now: PlaceNow,
  until: string,
): Promise<LedgerEntry | undefined> {
  const start = await startUpTo(ports, now, until);
  for await (const entry of ports.entries(now.place, start)) if (entry.at <= until) return entry;
  return undefined;
}
