import { snapshotCancelled } from '../../../shared/contracts/snapshots/events.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Snapshot, snapshotTransitions } from '../../../shared/model/stock/snapshot.ts';
import { type SnapshotPorts } from '../ports.ts';
import { type BeginCall, notFound } from './begin-snapshot.ts';
import { freed, keepSource, revised } from './snapshot.ts';

type Ports = Pick<SnapshotPorts, 'snapshot' | 'source' | 'commit'>;

/**
 * Gives a file up: one that is still awaited, or one that is being applied and never gets done. Its source is free for the next file in the
 * same transaction; a run that is under way ends at its next checkpoint, and what it has folded into the books stays, as each row is right
 * by itself. Twice is once. Refusals: `not-found`, `state-conflict` for one that is over.
 */
export const cancelSnapshot =
  (ports: Ports) =>
  ({ snapshotId, boundTo, once, ...about }: BeginCall): Promise<Result<Snapshot>> =>
    decideAndCommit<Snapshot>(
      ports.commit,
      async () => {
        const snapshot = await ports.snapshot(snapshotId);
        if (snapshot === undefined || (boundTo !== undefined && snapshot.boundTo !== boundTo))
          return notFound(snapshotId);
        if (snapshot.state === 'CANCELLED') return ok({ changes: [], reply: snapshot });
        const state = next(snapshotTransitions, 'snapshot', snapshot.state, 'cancel');
        if (!state.ok) return state;
        const { source, takenAt, version, tally } = snapshot;
        const event = snapshotCancelled.of(snapshotId, version + 1, about, { source, takenAt, rows: tally.rows });
        const cancelled = revised(snapshot, about.now, { state: state.value, events: [event] });
        const changes = [replace('snapshot', cancelled, version), ...(await release(ports, snapshot, about.now))];
        return ok({ changes, reply: cancelled });
      },
      once,
    );

/** The source is free, if it is this file that it was taken by. */
async function release(ports: Pick<Ports, 'source'>, { snapshotId, source: name }: Snapshot, now: string) {
  const source = await ports.source(name);
  const changes: Change[] = source?.applying === snapshotId ? [keepSource(source, name, now, freed(source))] : [];
  return changes;
}
