import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Snapshot, snapshotTransitions } from '../../../shared/model/stock/snapshot.ts';
import { type SnapshotPorts } from '../ports.ts';
import { timesOf } from './mark.ts';
import { newSnapshot, snapshotIdOf } from './snapshot.ts';

/** A file of counts that is to come. */
export interface CreateCall {
  readonly source: string;
  readonly takenAt: string;
  readonly containsUntil?: string | undefined;
  readonly format: 'csv' | 'ndjson';
  readonly sha256?: string | undefined;
  readonly rowCount?: number | undefined;
  readonly boundTo?: string;
  readonly actor: string;
  readonly now: string;
  readonly once?: OnceKey;
}

/**
 * Announces a file of counts. The same source and time are the same snapshot: it comes back as it is, and one that was refused may be
 * uploaded anew. Refusals: `invalid-request` for times that cannot be, `reference-reused` when it was announced in another way, as another
 * file, or was cancelled.
 */
export async function createSnapshot(
  ports: Pick<SnapshotPorts, 'snapshot' | 'commit'>,
  { once, now, sha256, rowCount, ...call }: CreateCall,
): Promise<Result<Snapshot>> {
  const times = timesOf(call, now);
  if (!times.ok) return times;
  const snapshotId = snapshotIdOf(call.source, times.value.takenAt);
  const declared = { ...(sha256 !== undefined && { sha256 }), ...(rowCount !== undefined && { rowCount }) };
  const announced = newSnapshot({ ...call, ...times.value, ...declared }, now);
  const result = await decideAndCommit<{ snapshotId: string }>(
    ports.commit,
    async () => {
      const present = await ports.snapshot(snapshotId);
      const reply = { snapshotId };
      if (present === undefined) return ok({ changes: [create('snapshot', announced)], reply });
      if (present.state === 'CANCELLED') return givenUp(present);
      if (differs(present, announced)) return reused(present);
      if (present.state !== 'REFUSED') return ok({ changes: [], reply });
      return ok({ changes: [replace('snapshot', anew(present, announced), present.version)], reply });
    },
    once,
  );
  return result.ok ? ok((await ports.snapshot(snapshotId)) ?? announced) : result;
}

/** One that was refused awaits its file as if nothing had been said of it; its version goes on. */
function anew(refused: Snapshot, announced: Snapshot): Snapshot {
  const state = snapshotTransitions.REFUSED.upload ?? refused.state;
  return { ...announced, createdAt: refused.createdAt, state, version: refused.version + 1 };
}

const fixed = ['format', 'containsUntil', 'boundTo'] as const;
const ofTheFile = ['sha256', 'rowCount'] as const;

/** In the place of a file that was refused another one may come. */
const differs = (present: Snapshot, announced: Snapshot): boolean =>
  fixed.some((field) => present[field] !== announced[field]) ||
  (present.state !== 'REFUSED' && ofTheFile.some((field) => present[field] !== announced[field]));

function reused({ source, takenAt, format, containsUntil, sha256, rowCount }: Snapshot) {
  const file = [
    ...(sha256 === undefined ? [] : [`with the SHA-256 ${sha256}`]),
    ...(rowCount === undefined ? [] : [`with ${rowCount} rows`]),
  ];
  const announced = [`as ${format} that contains until ${containsUntil}`, ...file].join(', ');
  return refuse(
    'reference-reused',
    `The snapshot of ${source} taken at ${takenAt} was announced ${announced}${file.length === 0 ? ' and no checksum' : ''}. ` +
      `Announce the same, or another file with a takenAt of its own.`,
    {
      facts: { format, containsUntil, ...(sha256 && { sha256 }), ...(rowCount !== undefined && { rowCount }) },
      errors: [{ pointer: '/takenAt', detail: 'was used for another snapshot' }],
    },
  );
}

/** What it has applied counts as done at its time, so that a second file of that time would be found done too. */
const givenUp = ({ source, takenAt }: Snapshot) =>
  refuse(
    'reference-reused',
    `The snapshot of ${source} taken at ${takenAt} was cancelled. Announce the next file with a takenAt of its own.`,
    { errors: [{ pointer: '/takenAt', detail: 'was used for a snapshot that was cancelled' }] },
  );
