import { derivedId } from '../../../shared/kernel/ids.ts';
import { type Change, create, replace } from '../../../shared/model/changes.ts';
import { type Snapshot, type SnapshotSource, emptyTally } from '../../../shared/model/stock/snapshot.ts';

/** How long an address to upload to or download from is good, in seconds. */
export const addressSeconds = 15 * 60;

/** How many problems a snapshot shows by itself; its report has all. */
export const shownProblems = 100;

/** The key of a snapshot's file. */
export const fileKey = ({ snapshotId }: Pick<Snapshot, 'snapshotId'>): string => `snapshots/${snapshotId}`;
/** The key of the report on a snapshot. */
export const reportKey = ({ snapshotId }: Pick<Snapshot, 'snapshotId'>): string => `reports/${snapshotId}.ndjson`;
/** The key of the n-th part of the report, while it grows. */
export const reportPartKey = ({ snapshotId }: Pick<Snapshot, 'snapshotId'>, part: number): string =>
  `reports/${snapshotId}/${part}.ndjson`;

/** What a snapshot is when it is announced. */
export type Announced = Pick<
  Snapshot,
  'source' | 'takenAt' | 'containsUntil' | 'format' | 'actor' | 'boundTo' | 'sha256' | 'rowCount'
>;

/** The id of a snapshot: who counted, and when. */
export const snapshotIdOf = (source: string, takenAt: string): string => derivedId('snap', source, takenAt);

/** A snapshot of which nothing is applied yet. */
export const newSnapshot = (announced: Announced, now: string): Snapshot => ({
  ...announced,
  snapshotId: snapshotIdOf(announced.source, announced.takenAt),
  state: 'AWAITING_FILE',
  createdAt: now,
  tally: emptyTally,
  progress: { bytes: 0, lines: 0 },
  problems: [],
  report: { parts: 0 },
  version: 1,
  updatedAt: now,
  events: [],
});

/** A snapshot's next version. */
export const revised = (snapshot: Snapshot, now: string, more: Partial<Snapshot>): Snapshot => ({
  ...snapshot,
  events: [],
  ...more,
  version: snapshot.version + 1,
  updatedAt: now,
});

/** Puts a source's next version, or its first. */
export function keepSource(
  before: SnapshotSource | undefined,
  source: string,
  now: string,
  next: Pick<SnapshotSource, 'applying' | 'newestFile' | 'rowsUntil'>,
): Change {
  const item = { ...next, source, version: (before?.version ?? 0) + 1, updatedAt: now };
  return before === undefined ? create('snapshotSource', item) : replace('snapshotSource', item, before.version);
}

/** The source without its claim on the file that is being applied. */
export function freed(source: SnapshotSource | undefined): Pick<SnapshotSource, 'newestFile' | 'rowsUntil'> {
  const { applying: _applying, ...free } = source ?? {};
  return free;
}
