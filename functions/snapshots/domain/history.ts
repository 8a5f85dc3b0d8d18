import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { type FoldPorts, type Movement } from '../ports.ts';
import { type Mark, isLongBefore } from './mark.ts';

/** Writes to a position around a mark, newest first. */
export interface History {
  readonly after: readonly Movement[];
  /** Some right before it: they may be what a source forgot. */
  readonly before: readonly Movement[];
}

/** How far before a mark a movement may lie that a source forgot. */
export const recentSeconds = 3600;
const recentEntries = 20;

/** Why there is no history: the ledger is behind its table and will have it; or it never had it. */
export type NoHistory = 'not-yet' | 'not-kept';

/**
 * What was written to a position since a mark, by the ledger. Entries without a gap from the position's version down to the mark, or nothing:
 * a difference is never guessed. What was asked for after the mark may have been written before something that was asked for earlier, so
 * it goes on down until nothing later can follow.
 */
export async function historyOf(
  ports: Pick<FoldPorts, 'ledger'>,
  position: Position,
  mark: Mark,
): Promise<History | NoHistory> {
  const after: Movement[] = [];
  const before: Movement[] = [];
  const isBy = (entry: Movement): boolean => ('version' in mark ? entry.version <= mark.version : entry.at <= mark.at);
  let expected = position.version;
  for await (const entry of ports.ledger(position, position.version)) {
    if (entry.version !== expected) return 'not-yet';
    expected -= 1;
    if (!isBy(entry)) after.push(entry);
    else if (before.length < recentEntries && isRecent(entry, mark, before[0])) before.push(entry);
    else if ('version' in mark || isLongBefore(entry.at, mark.at)) return { after, before };
  }
  if (before.length > 0 || expected === 0 || ('version' in mark && expected === mark.version)) return { after, before };
  return expected === position.version ? 'not-yet' : 'not-kept';
}

/** Measured from the mark, or from the last write before it where the mark is a version. */
const isRecent = ({ at }: Movement, mark: Mark, last: Movement | undefined): boolean =>
  at >= plusSeconds('version' in mark ? (last?.at ?? at) : mark.at, -recentSeconds);
