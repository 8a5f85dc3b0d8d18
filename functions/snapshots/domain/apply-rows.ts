import { snapshotApplied } from '../../../shared/contracts/snapshots/events.ts';
import { type CountedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type Change, create, replace } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Snapshot, type SnapshotTally, emptyTally } from '../../../shared/model/stock/snapshot.ts';
import { type FoldPorts } from '../ports.ts';
import { type SettledOutcome } from './apply-row.ts';
import { foldRows } from './fold-rows.ts';
import { timesOf } from './mark.ts';
import { SeenRows } from './seen-rows.ts';
import { keepSource, newSnapshot, shownProblems } from './snapshot.ts';
import { tallied } from './tally.ts';

/** Counts that came in one request. */
export interface RowsCall {
  readonly source: string;
  readonly takenAt: string;
  readonly containsUntil?: string | undefined;
  readonly rows: readonly CountedRow[];
  readonly boundTo?: string;
  readonly actor: string;
  readonly now: string;
  readonly once?: OnceKey;
}

/** What became of them. */
export interface RowsReply {
  readonly snapshotId: string;
  readonly source: string;
  readonly takenAt: string;
  readonly tally: SnapshotTally;
  readonly rows: SettledOutcome[];
}

/** Longer than any request lives: a function behind the API has 29 seconds. */
const requestSeconds = 30;

/**
 * Folds counts into the books at once. Every row keeps its snapshot's time on its position, also one that matches, because requests of a
 * source come in any order; so the same rows again change nothing. Refusal: `invalid-request` for times that cannot be.
 */
export async function applyRows(ports: FoldPorts, { once, now, rows, ...call }: RowsCall): Promise<Result<RowsReply>> {
  const times = timesOf(call, now);
  if (!times.ok) return times;
  const snapshot = newSnapshot({ ...call, ...times.value, format: 'rows' }, now);
  const entered = await enter(ports, snapshot, now);
  if (!entered.ok) return entered;
  const { newestFile } = entered.value;
  const outcomes =
    newestFile === undefined ? await fold(ports, snapshot, rows) : rows.map(() => overtaken(snapshot, newestFile));
  const { snapshotId, source, takenAt } = snapshot;
  const reply = { snapshotId, source, takenAt, tally: tallied(emptyTally, outcomes), rows: outcomes };
  return decideAndCommit<RowsReply>(
    ports.commit,
    async () => ok({ changes: await record(ports, snapshot, reply), reply }),
    once,
  );
}

/**
 * Says that rows are in flight, so that no file of the source begins while older rows may still be written; or that a newer file was
 * begun, whose matching rows left no trace: then these rows may know less than the books do.
 */
function enter(ports: FoldPorts, { source, takenAt }: Snapshot, now: string) {
  return decideAndCommit<{ readonly newestFile?: string }>(ports.commit, async () => {
    const present = await ports.source(source);
    const newestFile = present?.newestFile;
    if (newestFile !== undefined && newestFile > takenAt) return ok({ changes: [], reply: { newestFile } });
    const rowsUntil = plusSeconds(now, requestSeconds);
    return ok({ changes: [keepSource(present, source, now, { ...present, rowsUntil })], reply: {} });
  });
}

const overtaken = ({ source, takenAt }: Snapshot, newestFile: string): SettledOutcome => ({
  outcome: 'stale',
  detail: `A newer file of ${source}, taken at ${newestFile}, was applied: counts of ${takenAt} change nothing.`,
});

async function fold(ports: FoldPorts, snapshot: Snapshot, rows: readonly CountedRow[]): Promise<SettledOutcome[]> {
  const locations = new Map((await ports.locations()).map((location) => [location.locationId, location]));
  const isFirst = firstOfEach(rows);
  const firsts = rows.filter(isFirst);
  const call = { snapshot, locations, markMatches: true, waits: [500, 1000, 2000, 4000] };
  const outcomes = (await foldRows(ports, firsts, call)).values();
  return rows.map((row) => {
    const outcome = isFirst(row) ? (outcomes.next().value ?? twice) : twice;
    return outcome.outcome === 'pending' ? { outcome: 'refused', detail: outcome.detail } : outcome;
  });
}

const twice: SettledOutcome = { outcome: 'refused', detail: 'An earlier row is of the same SKU and location.' };

/** True for the row that speaks of a shelf first. */
function firstOfEach(rows: readonly CountedRow[]): (row: CountedRow) => boolean {
  const seen = new SeenRows();
  const firsts = new Set(rows.filter(({ location, sku }) => seen.add(location, sku)));
  return (row) => firsts.has(row);
}

/** The snapshot as it is listed; several requests of one source and time are one snapshot. A file of that time keeps its own. */
async function record(ports: FoldPorts, snapshot: Snapshot, { tally, rows }: RowsReply): Promise<Change[]> {
  const present = await ports.snapshot(snapshot.snapshotId);
  if (present !== undefined && present.format !== 'rows') return [];
  const refused = rows.flatMap((row, index) =>
    row.outcome === 'refused' ? [{ line: index + 1, problem: row.detail }] : [],
  );
  const { snapshotId, source, takenAt, actor, updatedAt: now } = snapshot;
  const before = present ?? snapshot;
  const version = present === undefined ? 1 : present.version + 1;
  const data = { source, takenAt, rows: tally.rows, refused: tally.refused, drift: tally.drift };
  const item: Snapshot = {
    ...before,
    state: 'APPLIED',
    tally: tallied(before.tally, rows),
    problems: [...before.problems, ...refused].slice(0, shownProblems),
    version,
    updatedAt: now,
    events: [snapshotApplied.of(snapshotId, version, { now, actor }, data)],
  };
  return [present === undefined ? create('snapshot', item) : replace('snapshot', item, present.version)];
}
