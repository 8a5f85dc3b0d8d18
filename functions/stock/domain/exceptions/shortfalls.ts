import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { stockOversold, stockRecovered } from '../../../../shared/contracts/stock/events.ts';
import { type Pool, type Position } from '../../../../shared/model/stock/counters.ts';

/** A pool or a position before and after a write. */
export interface LevelChange {
  readonly before?: Pool | Position;
  readonly after: Pool | Position;
}

/** Where a level stood before a batch and stands after it. */
interface Course {
  readonly from: number;
  readonly after: Pool | Position;
}

/** What may still be promised: of a pool its ATS, of a position its ATF. */
const levelOf = (item: Pool | Position): number => ('location' in item ? item.atf : item.ats);

/** What a level is of, as its events name it. */
const subjectOf = (item: Pool | Position) =>
  'location' in item ? { sku: item.sku, location: item.location } : { sku: item.sku, pool: item.pool };

/**
 * What a batch says about promises that exceed what is there, the newest per pool and position: that a level is below zero and changed,
 * or that it is so no more. A level that fell below zero and came back within the batch is not spoken of.
 */
export function shortfallEvents(changes: readonly LevelChange[]): EventMessage[] {
  const courses = new Map<string, Course>();
  for (const { before, after } of changes) {
    const key = JSON.stringify(subjectOf(after));
    const earlier = courses.get(key);
    if (earlier !== undefined && earlier.after.version >= after.version) continue;
    courses.set(key, { from: earlier?.from ?? (before ? levelOf(before) : 0), after });
  }
  return [...courses.values()].flatMap(eventOf);
}

function eventOf({ from, after }: Course): EventMessage[] {
  const to = levelOf(after);
  return to === from || (from >= 0 && to >= 0) ? [] : [shortfallEvent(after, from >= 0)];
}

/** What is to be said of a level as it is: so many units are owed, or none any more. */
export function shortfallEvent(item: Pool | Position, began: boolean): EventMessage {
  const { sku, version, cause } = item;
  const owed = Math.max(0, -levelOf(item));
  const name = `${sku}@${'location' in item ? `location/${item.location}` : `pool/${item.pool}`}`;
  const about = { now: cause.at, actor: cause.actor };
  const data = { ...subjectOf(item), operation: cause.operation, reference: cause.reference };
  return owed > 0
    ? stockOversold.of(name, version, about, { ...data, quantity: owed, began })
    : stockRecovered.of(name, version, about, data);
}
