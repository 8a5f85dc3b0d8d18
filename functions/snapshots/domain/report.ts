import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { type SnapshotPorts } from '../ports.ts';
import { type RowOutcome } from './apply-row.ts';
import { reportKey, reportPartKey } from './snapshot.ts';

/** A line of a file and what became of it. */
export interface FoldedLine {
  readonly line: number;
  readonly location?: string;
  readonly sku?: string;
  readonly result: RowOutcome;
}

/** What a person looks for in a report: what was not applied, what differed, and what an interrupted run had applied before. */
const told: ReadonlySet<RowOutcome['outcome']> = new Set(['refused', 'pending', 'drift', 'repeated']);

/** Lines of a report, NDJSON. */
export const reportOf = (lines: readonly FoldedLine[]): Buffer =>
  Buffer.from(
    lines
      .filter(({ result }) => told.has(result.outcome))
      .map(({ result, ...line }) => `${JSON.stringify({ ...line, ...result })}\n`)
      .join(''),
  );

/**
 * Writes the next part of a snapshot's report. The snapshot counts it in its next version; a run that is interrupted between the two
 * leaves a part that the next run writes again.
 */
export async function writePart(
  ports: Pick<SnapshotPorts, 'write'>,
  snapshot: Snapshot,
  lines: readonly FoldedLine[],
): Promise<Snapshot['report']> {
  const part = reportOf(lines);
  const { parts } = snapshot.report;
  if (part.length === 0) return snapshot.report;
  await ports.write(reportPartKey(snapshot, parts + 1), part, part.length);
  return { parts: parts + 1 };
}

/**
 * Puts the parts together into one report, streamed from file to file. Its length is that of the parts as they lie there: a run that was
 * taken over may have written one of them last, in its own words.
 */
export async function joinReport(
  ports: Pick<SnapshotPorts, 'stored' | 'read' | 'write'>,
  snapshot: Snapshot,
): Promise<void> {
  const keys = Array.from({ length: snapshot.report.parts }, (_, index) => reportPartKey(snapshot, index + 1));
  let bytes = 0;
  for (const key of keys) bytes += (await ports.stored(key))?.bytes ?? 0;
  if (keys.length > 0) await ports.write(reportKey(snapshot), contentOf(ports, keys), bytes);
}

async function* contentOf(
  ports: Pick<SnapshotPorts, 'read'>,
  keys: readonly string[],
): AsyncGenerator<Uint8Array, void> {
  for (const key of keys) yield* ports.read(key);
}
