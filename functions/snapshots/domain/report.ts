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
  const { parts, bytes } = snapshot.report;
  if (part.length === 0) return snapshot.report;
  await ports.write(reportPartKey(snapshot, parts + 1), part, part.length);
  return { parts: parts + 1, bytes: bytes + part.length };
}

/** Puts the parts together into one report, streamed from file to file. */
export async function joinReport(ports: Pick<SnapshotPorts, 'read' | 'write'>, snapshot: Snapshot): Promise<void> {
  const { parts, bytes } = snapshot.report;
  if (parts > 0) await ports.write(reportKey(snapshot), contentOf(ports, snapshot), bytes);
}

async function* contentOf(ports: Pick<SnapshotPorts, 'read'>, snapshot: Snapshot): AsyncGenerator<Uint8Array, void> {
  for (let part = 1; part <= snapshot.report.parts; part += 1) yield* ports.read(reportPartKey(snapshot, part));
}
