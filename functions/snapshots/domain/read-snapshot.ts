import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { type PageRequest, type SnapshotPorts } from '../ports.ts';
import { notFound } from './begin-snapshot.ts';
import { addressSeconds, fileKey, reportKey } from './snapshot.ts';

/** A snapshot as a client sees it: with the address to upload to while a file is awaited, and that of its report once it is over. */
export async function shown(ports: Pick<SnapshotPorts, 'uploadUrl' | 'downloadUrl'>, snapshot: Snapshot) {
  const { state, report, file: _file, boundTo: _bound, actor: _actor, events: _events, ...rest } = snapshot;
  const isOver = state === 'APPLIED' || state === 'REFUSED';
  return {
    ...rest,
    state,
    problems: [...snapshot.problems],
    ...(state === 'AWAITING_FILE' && { uploadUrl: await ports.uploadUrl(fileKey(snapshot), addressSeconds) }),
    ...(isOver && report.parts > 0 && { reportUrl: await ports.downloadUrl(reportKey(snapshot), addressSeconds) }),
  };
}

/** One snapshot. Refusal: `not-found`, also for a key that is bound to another location. */
export async function readSnapshot(
  ports: Pick<SnapshotPorts, 'snapshot'>,
  { snapshotId, boundTo }: { readonly snapshotId: string; readonly boundTo?: string },
): Promise<Result<Snapshot>> {
  const snapshot = await ports.snapshot(snapshotId);
  const isTheirs = snapshot !== undefined && (boundTo === undefined || snapshot.boundTo === boundTo);
  return isTheirs ? ok(snapshot) : notFound(snapshotId);
}

/** Snapshots of a source, newest first; a bound key sees its own. Refusal: `invalid-request` for a cursor of another listing. */
export async function listSnapshots(
  ports: Pick<SnapshotPorts, 'snapshotsOf' | 'uploadUrl' | 'downloadUrl'>,
  { source, boundTo, ...page }: PageRequest & { readonly source: string; readonly boundTo?: string },
) {
  const found = await ports.snapshotsOf(source, page);
  if (!found.ok) return found;
  const { snapshots, ...more } = found.value;
  const theirs = snapshots.filter((snapshot) => boundTo === undefined || snapshot.boundTo === boundTo);
  return ok({ snapshots: await Promise.all(theirs.map((snapshot) => shown(ports, snapshot))), ...more });
}
