import { type CountedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { latenessSeconds } from '../../../shared/model/ledger/lateness.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';

/** What a row's counts contain of our movements: all until a time, or all up to a version of the position. */
export type Mark = { readonly at: string } | { readonly version: number };

/** A time of a source in the one form whose texts compare as times do: UTC with milliseconds. */
export const instant = (time: string): string => new Date(time).toISOString();

/** A row's mark: its own, or its snapshot's. */
export function markOf(
  { containsUntil, version }: Pick<CountedRow, 'containsUntil' | 'version'>,
  snapshot: Pick<Snapshot, 'containsUntil'>,
): Mark {
  if (version !== undefined) return { version };
  return { at: containsUntil === undefined ? snapshot.containsUntil : instant(containsUntil) };
}

/** True when nothing that was written by such a time, or before it, may have a time after the mark: writes do not end in the order they were asked for. */
export const isLongBefore = (at: string, mark: string): boolean => plusSeconds(at, latenessSeconds) < mark;

/** True when the books are known to say what they said at the mark, so that no history is needed. */
export const standsAt = (position: Pick<Position, 'version' | 'cause'>, mark: Mark): boolean =>
  'version' in mark ? position.version === mark.version : isLongBefore(position.cause.at, mark.at);

/** When a snapshot says it was taken and what it contains, in one form. Refusal: `invalid-request` for times that cannot be. */
export function timesOf(
  { takenAt, containsUntil = takenAt }: { readonly takenAt: string; readonly containsUntil?: string | undefined },
  now: string,
): Result<{ readonly takenAt: string; readonly containsUntil: string }> {
  const times = { takenAt: instant(takenAt), containsUntil: instant(containsUntil) };
  if (times.takenAt > now) return impossible('/takenAt', `must not be in the future: it is ${now}`);
  if (times.containsUntil > times.takenAt)
    return impossible('/containsUntil', `must not be after takenAt, which is ${times.takenAt}`);
  return ok(times);
}

const impossible = (pointer: string, detail: string) =>
  refuse('invalid-request', `The request was refused: ${pointer} ${detail}.`, { errors: [{ pointer, detail }] });
