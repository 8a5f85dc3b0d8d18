import { type CountedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { adjust } from '../../../shared/model/stock/movements.ts';
import { type StockChange } from '../../../shared/model/stock/stock-change.ts';
import { rowsOf } from '../adapters/rows.ts';
import { applyRows } from '../domain/apply-rows.ts';
import { beginSnapshot } from '../domain/begin-snapshot.ts';
import { cancelSnapshot } from '../domain/cancel-snapshot.ts';
import { createSnapshot } from '../domain/create-snapshot.ts';
import { type RunEnd, runSnapshot } from '../domain/run-snapshot.ts';
import { fileKey } from '../domain/snapshot.ts';
import { type SnapshotPorts } from '../ports.ts';
import { type MemoryWorld, positionOf } from './memory-ports.ts';

const source = 'wms-east';
const actor = 'test';
const inPool = { east: { pool: 'online' }, west: { pool: 'online' }, outlet: {} };
/** A location of the test world. */
export type TestLocation = keyof typeof inPool;

/** What a test of snapshots is told in. */
export function stepsOf(world: MemoryWorld, ports: SnapshotPorts = world.ports) {
  const now = (): string => world.ports.clock.now();
  const done = async (changes: readonly StockChange[]): Promise<void> => {
    const outcome = await world.commit(changes);
    if (!outcome.ok) throw new Error(`the step was refused: ${JSON.stringify(outcome.conflicts)}`);
  };
  return {
    now,
    done,
    /** Units come to a shelf or go from it; what it was told late may have happened before. */
    moved: async (
      delta: number,
      more: { sku?: string; location?: TestLocation; occurredAt?: string; operation?: string } = {},
    ) => {
      const { sku = 'TEE', location = 'east', occurredAt, operation = delta > 0 ? 'receive' : 'sale' } = more;
      const cause = { operation, reference: 'test', actor, at: now(), ...(occurredAt !== undefined && { occurredAt }) };
      await done(adjust({ sku, location, ...inPool[location] }, delta, 'sellable', cause, true));
    },
    onHand: (sku = 'TEE', location = 'east'): number | undefined => positionOf(world.store, { sku, location })?.onHand,
    /** Counts come in a request. */
    counted: async (
      takenAt: string,
      rows: readonly (Partial<CountedRow> & Pick<CountedRow, 'onHand'>)[],
      more: { source?: string; containsUntil?: string; boundTo?: string } = {},
    ) => {
      const whole = rows.map((row) => ({ sku: 'TEE', location: 'east', ...row }));
      const reply = await applyRows(ports, { source, takenAt, rows: whole, actor, now: now(), ...more });
      if (!reply.ok) throw new Error(reply.refusal.detail);
      return reply.value;
    },
    /** A file of counts is announced, uploaded and to be applied; its id. */
    uploaded: async (
      takenAt: string,
      content: string | Buffer,
      format: 'csv' | 'ndjson' = 'csv',
      declared: { sha256?: string; rowCount?: number } = {},
    ) => {
      const created = await createSnapshot(ports, { source, takenAt, format, actor, now: now(), ...declared });
      if (!created.ok) throw new Error(created.refusal.detail);
      world.files.set(fileKey(created.value), Buffer.from(content));
      return created.value.snapshotId;
    },
    begun: (snapshotId: string) => beginSnapshot(ports)({ snapshotId, actor, now: now() }),
    cancelled: (snapshotId: string) => cancelSnapshot(ports)({ snapshotId, actor, now: now() }),
    /** One run on a file. */
    run: (snapshotId: string, deadline = '2099-01-01T00:00:00.000Z', linesPerCheckpoint = 4): Promise<RunEnd> =>
      runSnapshot(ports, { snapshotId, linesOf: rowsOf, deadline, linesPerCheckpoint }),
  };
}
