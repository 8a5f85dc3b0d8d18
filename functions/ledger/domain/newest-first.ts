import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type LedgerEntry } from '../../../shared/model/ledger/entry.ts';
import { latenessSeconds } from '../../../shared/model/ledger/lateness.ts';
import { ledgerKey } from '../../../shared/model/ledger/table.ts';
import { type LedgerPorts, type PlaceNow } from '../ports.ts';
import { startUpTo } from './versions-by-time.ts';

/** Where an entry stands in time: entries of the same moment by SKU and key. Greater is newer. */
export interface Mark {
  readonly at: string;
  readonly pk: string;
  readonly sk: string;
}

/** The mark of an entry. */
export function markOf(entry: LedgerEntry): Mark {
  const { pk, sk } = ledgerKey(entry);
  return { at: entry.at, pk, sk };
}

/** Less than, equal to or greater than 0 as `a` is older than, the same as or newer than `b`. */
export const compareMarks = (a: Mark, b: Mark): number =>
  compare(a.at, b.at) || compare(a.pk, b.pk) || compare(a.sk, b.sk);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Which entries are asked for. */
export interface Span {
  /** The oldest that counts, RFC 3339. */
  readonly from?: string | undefined;
  /** The newest that counts, RFC 3339. */
  readonly to?: string | undefined;
  /** Only what is older than this: where the last page ended. */
  readonly before?: Mark;
}

type Reader = Pick<LedgerPorts, 'entryUpTo' | 'entries'>;

/**
 * What happened to some places, newest first by time, merged. A place is not read before its turn comes: the time of its newest version is
 * known, so that a page of a SKU in five hundred stores reads those few that moved last.
 */
export async function* newestFirst(
  ports: Reader,
  places: readonly PlaceNow[],
  span: Span,
): AsyncGenerator<LedgerEntry> {
  const waiting = places.flatMap((place) => unread(ports, place, span));
  while (waiting.length > 0) {
    const turn = waiting.reduce((first, one) => (goesBefore(one, first) ? one : first));
    if (turn.head !== undefined) yield turn.head;
    if (!(await advance(turn))) waiting.splice(waiting.indexOf(turn), 1);
  }
}

/** A place that waits for its turn: its next entry, or, until it is read, the newest time that this can have. */
interface Turn {
  at: string;
  head?: LedgerEntry;
  readonly entries: AsyncGenerator<LedgerEntry, void>;
}

/** The newest first; of the same moment what is not read yet, and then by key. */
function goesBefore(one: Turn, other: Turn): boolean {
  if (one.at !== other.at) return one.at > other.at;
  if (one.head === undefined || other.head === undefined) return one.head === undefined;
  return compareMarks(markOf(one.head), markOf(other.head)) > 0;
}

async function advance(turn: Turn): Promise<boolean> {
  const next = await turn.entries.next();
  if (next.done === true) return false;
  turn.head = next.value;
  turn.at = next.value.at;
  return true;
}

/** Newer than any time. */
const endOfTime = '9999-12-31T23:59:59.999Z';

/** No turn for a place that has not moved since `from`. */
function unread(ports: Reader, now: PlaceNow, span: Span): Turn[] {
  const { item } = now;
  const newest = item === undefined ? endOfTime : plusSeconds(item.cause.at, latenessSeconds);
  if (span.from !== undefined && newest < span.from) return [];
  const bounds = [newest, span.to, span.before?.at].filter((time) => time !== undefined);
  const at = bounds.reduce((least, time) => (time < least ? time : least));
  return [{ at, entries: within(span, inTime(ports, now, span)) }];
}

async function* within(
  { from, to, before }: Span,
  entries: AsyncIterable<LedgerEntry>,
): AsyncGenerator<LedgerEntry, void> {
  for await (const entry of entries) {
    if (from !== undefined && entry.at < from) return;
    if (to !== undefined && entry.at > to) continue;
    if (before === undefined || compareMarks(markOf(entry), before) < 0) yield entry;
  }
}

/**
 * A place's entries by time. They are stored in the order in which they happened, and a transaction that waited for another may carry an
 * earlier time than the one before it: each waits until nothing newer can follow.
 */
async function* inTime(ports: Reader, now: PlaceNow, { to, before }: Span): AsyncGenerator<LedgerEntry> {
  const until = [to, before?.at].filter((time) => time !== undefined).sort()[0];
  const waiting: LedgerEntry[] = [];
  for await (const entry of ports.entries(now.place, await startUpTo(ports, now, until))) {
    while (waiting[0] !== undefined && plusSeconds(entry.at, latenessSeconds) < waiting[0].at)
      yield* waiting.splice(0, 1);
    const place = waiting.findIndex((one) => compareMarks(markOf(one), markOf(entry)) < 0);
    waiting.splice(place < 0 ? waiting.length : place, 0, entry);
  }
  yield* waiting;
}
