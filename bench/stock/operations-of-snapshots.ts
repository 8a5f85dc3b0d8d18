import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as snapshots from '../../shared/contracts/snapshots/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { sum } from '../statistics.ts';
import { type Ground, type Operation, linesOf, onHandOf, skusOf } from './operation.ts';

/** What a row is to come to, and by how many units it differs. */
type Wanted = readonly [outcome: 'matched' | 'drift', more: number];

const inRequest = (name: string, [outcome, more]: Wanted): Operation => ({
  name: `snapshot row that ${name}, in a request`,
  own: ['snapshots-apply-snapshot-rows'],
  hasLines: true,
  run: async (on, lines) => {
    const rows = await rowsOf(on, lines, more);
    const body = { source: on.unique(), takenAt: new Date().toISOString(), rows };
    const answer = mustSucceed(await on.api(snapshots.applySnapshotRows, { body }));
    const wrong = answer.rows.find((row) => row.outcome !== outcome);
    if (wrong) throw new Error(`a row that is to be ${outcome} is ${wrong.outcome}: ${wrong.detail ?? ''}`);
  },
});

const inFile = (name: string, [outcome, more]: Wanted): Operation => ({
  name: `snapshot row that ${name}, in a file`,
  own: ['snapshots-apply-snapshot'],
  hasLines: true,
  prepare: async (on, lines) => {
    const body = { source: on.unique(), takenAt: new Date().toISOString(), format: 'ndjson' as const };
    const { snapshotId, uploadUrl = '' } = mustSucceed(await on.api(snapshots.createSnapshot, { body }));
    const rows = await rowsOf(on, lines, more);
    const { status } = await fetch(uploadUrl, {
      method: 'PUT',
      body: rows.map((row) => JSON.stringify(row)).join('\n'),
    });
    if (status !== 200) throw new Error(`the upload was answered with ${status}`);
    return snapshotId;
  },
  run: async ({ api }, lines, snapshotId) => {
    const params = { snapshotId };
    mustSucceed(await api(snapshots.beginSnapshot, { params }));
    const { tally } = await eventually(
      async () => {
        const found = mustSucceed(await api(snapshots.readSnapshot, { params }));
        return found.state === 'APPLIED' ? found : undefined;
      },
      { what: `snapshot ${snapshotId} applied`, deadlineMs: 60_000 },
    );
    const drifted = sum(Object.values(tally.drift).map((one) => one.rows));
    const found = outcome === 'matched' ? tally.matched : drifted;
    if (found !== lines) throw new Error(`${found} of ${lines} rows are ${outcome}`);
  },
});

/** Counts of the store's shelves, some units more than in the books. */
async function rowsOf(on: Ground, lines: number, more: number) {
  const { store: location } = on.shop;
  const known = await Promise.all(skusOf(on, lines).map((sku) => onHandOf(on, sku, location)));
  return linesOf(on, lines, (sku, index) => ({ location, sku, onHand: (known[index] ?? 0) + more }));
}

/** What counts of others bring to the books. */
export const operationsOfSnapshots: readonly Operation[] = [
  inFile('matches', ['matched', 0]),
  inFile('differs', ['drift', 3]),
  inRequest('matches', ['matched', 0]),
  inRequest('differs', ['drift', 3]),
];
