import { type SnapshotTally } from '../../../shared/model/stock/snapshot.ts';
import { type RowOutcome } from './apply-row.ts';
import { unitsOf } from './explain.ts';

const counterOf = {
  matched: 'matched',
  'in-flight': 'inFlight',
  stale: 'stale',
  repeated: 'repeated',
  refused: 'refused',
  pending: 'refused',
} as const;

/** A tally with some more rows in it. */
export function tallied(tally: SnapshotTally, outcomes: readonly RowOutcome[]): SnapshotTally {
  const sum = { ...tally, drift: { ...tally.drift } };
  for (const row of outcomes) {
    sum.rows += 1;
    if (row.outcome === 'drift') {
      const { rows, units } = sum.drift[row.cause];
      sum.drift[row.cause] = { rows: rows + 1, units: units + unitsOf(row.difference) };
    } else sum[counterOf[row.outcome]] += 1;
  }
  return sum;
}
