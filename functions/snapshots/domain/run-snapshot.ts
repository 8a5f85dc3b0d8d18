import { snapshotApplied, snapshotReady, snapshotRefused } from '../../../shared/contracts/snapshots/events.ts';
import { type CountedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Snapshot, type SnapshotState } from '../../../shared/model/stock/snapshot.ts';
import { FileReplaced, type SnapshotPorts } from '../ports.ts';
import { foldRows } from './fold-rows.ts';
import { type FoldedLine, joinReport, writePart } from './report.ts';
import { SeenRows } from './seen-rows.ts';
import { fileKey, freed, keepSource, revised, shownProblems } from './snapshot.ts';
import { tallied } from './tally.ts';
import { unlikeAnnounced } from './announced-file.ts';

/** A line of a file: a row, or what is wrong with it. */
export type Line =
  { readonly line: number; readonly row: CountedRow } | { readonly line: number; readonly problem: string };
/** The lines of a file, some at a time; a refusal when it is none. */
export type LinesOfFile = (
  bytes: AsyncIterable<Uint8Array>,
  format: Snapshot['format'],
) => AsyncIterable<Result<{ readonly rows: readonly Line[]; readonly bytes: number }>>;

/** What a run needs besides its ports. */
export interface RunCall {
  readonly snapshotId: string;
  readonly linesOf: LinesOfFile;
  /** When this run should hand over to the next, RFC 3339. */
  readonly deadline: string;
  /** Lines between two checkpoints, at least. */
  readonly linesPerCheckpoint?: number;
  /** Shelves that one file may speak of. */
  readonly mostShelves?: number;
}

/** How a run ended: the snapshot is over, the next run goes on with it, or another has taken it over. */
export type RunEnd = 'over' | 'handed-over' | 'taken-over';

/** A run that is interrupted does so many lines again at least, and finds them done. */
const defaultLines = 2000;
/** What is remembered of so many is 400 MB while its table grows; a run without memory would be tried in vain, and its source stand still. */
const defaultMostShelves = 10_000_000;
/** Half a minute for the ledger, which is behind its table by a stream. */
const waits = [500, 1000, 2000, 4000, 8000, 16_000];

/** Another run has written the snapshot since: this one is over. */
class TakenOver extends Error {}

/**
 * Folds a file into the books, or goes on with it. Every run reads the file from its beginning, which is quick, and works after the last
 * checkpoint: so it knows of every line before it, and a row that a run before it had done is found done. Two runs at once do no harm
 * (each row counts once), and the older stops at its next checkpoint.
 */
export async function runSnapshot(ports: SnapshotPorts, call: RunCall): Promise<RunEnd> {
  const snapshot = await takenOver(ports, call.snapshotId);
  if (snapshot === undefined) return 'over';
  try {
    return await foldFile(ports, snapshot, call);
  } catch (error) {
    if (error instanceof TakenOver) return 'taken-over';
    if (!(error instanceof FileReplaced)) throw error;
    const present = await ports.snapshot(call.snapshotId);
    return present
      ? refuseFile(ports, present, 'The file was replaced while it was applied. Announce it again.')
      : 'over';
  }
}

/** This run's version of the snapshot, unless it is over. Requests with rows that are in flight come first: a file reads after them. */
async function takenOver(ports: SnapshotPorts, snapshotId: string): Promise<Snapshot | undefined> {
  const snapshot = await ports.snapshot(snapshotId);
  if (snapshot?.state !== 'APPLYING') return undefined;
  const { rowsUntil = '' } = (await ports.source(snapshot.source)) ?? {};
  const now = ports.clock.now();
  if (rowsUntil > now) await ports.pause(Date.parse(rowsUntil) - Date.parse(now));
  return save(ports, snapshot, {});
}

async function save(ports: SnapshotPorts, snapshot: Snapshot, more: Partial<Snapshot>): Promise<Snapshot> {
  const next = revised(snapshot, ports.clock.now(), more);
  const outcome = await ports.commit([replace('snapshot', next, snapshot.version)]);
  if (!outcome.ok) throw new TakenOver(snapshot.snapshotId);
  return next;
}

async function foldFile(ports: SnapshotPorts, start: Snapshot, call: RunCall): Promise<RunEnd> {
  const { linesOf, deadline, linesPerCheckpoint = defaultLines, mostShelves = defaultMostShelves } = call;
  const seen = new SeenRows();
  let snapshot = start;
  let waiting: Line[] = [];
  let bytes = 0;
  const checkpoint = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    if (lines.length > 0) snapshot = await foldLines(ports, { snapshot, lines, bytes, deadline });
  };
  const another = await unlikeAnnounced(ports, start);
  if (another !== undefined) return refuseFile(ports, start, another);
  for await (const piece of linesOf(ports.read(fileKey(start), start.file), start.format)) {
    if (!piece.ok) return refuseFile(ports, snapshot, piece.refusal.detail);
    ({ bytes } = piece.value);
    waiting.push(...piece.value.rows.map(once(seen)).filter(({ line }) => line > start.progress.lines));
    if (seen.size > mostShelves) return refuseFile(ports, snapshot, tooLong(mostShelves));
    if (waiting.length >= linesPerCheckpoint) await checkpoint();
    if (snapshot.events.length > 0) return 'handed-over';
  }
  await checkpoint();
  return finish(ports, snapshot);
}

const tooLong = (most: number): string =>
  `The file has more than ${most} rows. Send it in parts, each with a takenAt of its own.`;

/** A shelf that was there before in the file is a problem, also where a run before this one has read it. */
const once =
  (seen: SeenRows) =>
  (line: Line): Line =>
    'problem' in line || seen.add(line.row.location, line.row.sku)
      ? line
      : { line: line.line, problem: `An earlier line is of ${line.row.sku} at ${line.row.location} too.` };

interface Chunk {
  readonly snapshot: Snapshot;
  readonly lines: readonly Line[];
  readonly bytes: number;
  readonly deadline: string;
}

/** Folds some lines and keeps how far it is; when the time is over, the snapshot carries the event that has the next run go on. */
async function foldLines(ports: SnapshotPorts, { snapshot, lines, bytes, deadline }: Chunk): Promise<Snapshot> {
  const rows = lines.flatMap((line) => ('row' in line ? [line.row] : []));
  // Read for each checkpoint: a location may change its pool while a file is applied.
  const locations = new Map((await ports.locations()).map((location) => [location.locationId, location]));
  const outcomes = (await foldRows(ports, rows, { snapshot, locations, markMatches: false, waits })).values();
  const folded = lines.map((line): FoldedLine => {
    if ('problem' in line) return { line: line.line, result: { outcome: 'refused', detail: line.problem } };
    const { location, sku } = line.row;
    return { line: line.line, location, sku, result: outcomes.next().value ?? never(line) };
  });
  const report = await writePart(ports, snapshot, folded);
  const problems = folded.flatMap(({ line, result }) =>
    result.outcome === 'refused' || result.outcome === 'pending' ? [{ line, problem: result.detail }] : [],
  );
  const now = ports.clock.now();
  const { snapshotId, source, takenAt, version, actor } = snapshot;
  return save(ports, snapshot, {
    tally: tallied(
      snapshot.tally,
      folded.map(({ result }) => result),
    ),
    progress: { bytes, lines: lines.at(-1)?.line ?? snapshot.progress.lines },
    problems: [...snapshot.problems, ...problems].slice(0, shownProblems),
    report,
    events: now < deadline ? [] : [snapshotReady.of(snapshotId, version + 1, { now, actor }, { source, takenAt })],
  });
}

const never = ({ line }: Line): never => {
  throw new Error(`nothing became of line ${line}`);
};

async function finish(ports: SnapshotPorts, snapshot: Snapshot): Promise<RunEnd> {
  await joinReport(ports, snapshot);
  const { snapshotId, source, takenAt, tally, actor } = snapshot;
  const data = { source, takenAt, rows: tally.rows, refused: tally.refused, drift: tally.drift };
  return end(ports, snapshot, 'APPLIED', {}, (version, now) => [
    snapshotApplied.of(snapshotId, version, { now, actor }, data),
  ]);
}

/** What was done before is in the books and in the report. */
async function refuseFile(ports: SnapshotPorts, snapshot: Snapshot, refusal: string): Promise<RunEnd> {
  await joinReport(ports, snapshot);
  const { snapshotId, source, takenAt, actor } = snapshot;
  return end(ports, snapshot, 'REFUSED', { refusal }, (version, now) => [
    snapshotRefused.of(snapshotId, version, { now, actor }, { source, takenAt, refusal }),
  ]);
}

/** The snapshot is over, and its source free for the next file. */
async function end(
  ports: SnapshotPorts,
  { snapshotId, version }: Snapshot,
  state: SnapshotState,
  more: Partial<Snapshot>,
  eventsOf: (version: number, now: string) => Snapshot['events'],
): Promise<RunEnd> {
  await decideAndCommit(ports.commit, async () => {
    const snapshot = await ports.snapshot(snapshotId);
    if (snapshot?.version !== version) throw new TakenOver(snapshotId);
    const source = await ports.source(snapshot.source);
    const now = ports.clock.now();
    const over = revised(snapshot, now, { ...more, state, events: eventsOf(version + 1, now) });
    const changes: Change[] = [
      replace('snapshot', over, version),
      keepSource(source, snapshot.source, now, freed(source)),
    ];
    return ok({ changes, reply: undefined });
  });
  return 'over';
}
