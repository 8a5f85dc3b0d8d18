import { snapshotReady } from '../../../shared/contracts/snapshots/events.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type Decision, type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Snapshot, type SnapshotSource, snapshotTransitions } from '../../../shared/model/stock/snapshot.ts';
import { type SnapshotPorts } from '../ports.ts';
import { refuseCutOff } from './announced-file.ts';
import { fileKey, keepSource, revised } from './snapshot.ts';

/** Which snapshot is to be applied. */
export interface BeginCall {
  readonly snapshotId: string;
  readonly boundTo?: string;
  readonly actor: string;
  readonly now: string;
  readonly once?: OnceKey;
}

type Ports = Pick<SnapshotPorts, 'snapshot' | 'source' | 'stored' | 'read' | 'commit'>;

/**
 * Has a file applied, in the background. Again: one that stands still goes on, and one that is done stays so. A source's files are
 * applied one at a time, and never an older one after a newer: a row that matches needs no mark of its own then. Refusals: `not-found`,
 * `unreadable-file` when nothing was uploaded or its end may be missing, `state-conflict` with what stands in the way or when another file
 * was uploaded after this one was applied.
 */
export const beginSnapshot =
  (ports: Ports) =>
  ({ snapshotId, boundTo, once, ...call }: BeginCall): Promise<Result<Snapshot>> =>
    decideAndCommit<Snapshot>(
      ports.commit,
      async () => {
        const snapshot = await ports.snapshot(snapshotId);
        if (snapshot === undefined || (boundTo !== undefined && snapshot.boundTo !== boundTo))
          return notFound(snapshotId);
        if (snapshot.state === 'APPLIED') return appliedBefore(ports, snapshot);
        const state = next(snapshotTransitions, 'snapshot', snapshot.state, 'apply');
        if (!state.ok) return state;
        const source = await ports.source(snapshot.source);
        if (snapshot.state === 'APPLYING') return ok(ready(snapshot, call, []));
        const refusal = inTheWay(snapshot, source);
        if (refusal) return refusal;
        const file = await ports.stored(fileKey(snapshot));
        if (file === undefined) return noFile();
        const whole = await refuseCutOff(ports, snapshot, file);
        if (!whole.ok) return whole;
        const begun = { ...source, applying: snapshotId, newestFile: snapshot.takenAt };
        const changes = [keepSource(source, snapshot.source, call.now, begun)];
        return ok(ready({ ...snapshot, state: state.value, file: file.tag }, call, changes));
      },
      once,
    );

/** It stays as it is, and says so to who has uploaded another file since: that one is not in the books. */
async function appliedBefore(ports: Pick<Ports, 'stored'>, snapshot: Snapshot): Promise<Result<Decision<Snapshot>>> {
  const file = await ports.stored(fileKey(snapshot));
  if (file === undefined || file.tag === snapshot.file) return ok({ changes: [], reply: snapshot });
  return refuse(
    'state-conflict',
    `Snapshot ${snapshot.snapshotId} was applied with another file than the one that is uploaded now, which is not in the books. Announce ` +
      `that one with a takenAt of its own.`,
  );
}

/** The snapshot with the event that has it applied. */
function ready(snapshot: Snapshot, about: Pick<BeginCall, 'actor' | 'now'>, others: readonly Change[]) {
  const { snapshotId, source, takenAt, version } = snapshot;
  const events = [snapshotReady.of(snapshotId, version + 1, about, { source, takenAt })];
  const applying = revised(snapshot, about.now, { events });
  return { changes: [replace('snapshot', applying, version), ...others], reply: applying };
}

function inTheWay({ source: name, takenAt }: Snapshot, source: SnapshotSource | undefined) {
  if (source?.applying !== undefined) {
    return refuse(
      'state-conflict',
      `Snapshot ${source.applying} of ${name} is being applied. Apply this one when it is done; if it stands still, apply that one again.`,
      { facts: { applying: source.applying } },
    );
  }
  if (source?.newestFile === undefined || source.newestFile <= takenAt) return undefined;
  return refuse(
    'state-conflict',
    `A newer file of ${name}, taken at ${source.newestFile}, was applied: this one of ${takenAt} changes nothing. Send a newer one.`,
    { facts: { newestFile: source.newestFile } },
  );
}

/** There is no such snapshot, or it is not this caller's. */
export const notFound = (snapshotId: string) => refuse('not-found', `There is no snapshot ${snapshotId}.`);

const noFile = () =>
  refuse(
    'unreadable-file',
    'No file was uploaded yet. PUT it to uploadUrl (GET the snapshot for a new one), then apply.',
  );
