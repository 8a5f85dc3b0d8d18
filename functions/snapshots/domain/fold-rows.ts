import { type CountedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { type FoldPorts } from '../ports.ts';
import { type RowOutcome, applyRow } from './apply-row.ts';

/** BatchGetItem's limit of keys: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const keysAtOnce = 100;
/** Batches, and writes of one batch, that are under way together: the table is asked no faster than it answers. */
const batchesAtOnce = 4;
const writesAtOnce = 16;

/** What rows are folded with. */
export interface FoldCall {
  readonly snapshot: Snapshot;
  readonly locations: ReadonlyMap<string, Location>;
  readonly markMatches: boolean;
  /** Waits for the ledger, in milliseconds: it is behind its table by a stream. */
  readonly waits: readonly number[];
}

type Ports = Pick<FoldPorts, 'commit' | 'ledger' | 'positions' | 'clock' | 'pause'>;

/**
 * Folds rows into the books and says what became of each, in their order. A row whose history is not there yet is tried again after the
 * others, after each of the waits; then it is left `pending`.
 */
export async function foldRows(ports: Ports, rows: readonly CountedRow[], call: FoldCall): Promise<RowOutcome[]> {
  const outcomes = await foldOnce(ports, rows, call);
  for (const milliseconds of call.waits) {
    const pending = outcomes.flatMap(({ outcome }, index) => (outcome === 'pending' ? [index] : []));
    if (pending.length === 0) break;
    await ports.pause(milliseconds);
    const again = await foldOnce(
      ports,
      pending.flatMap((index) => rows[index] ?? []),
      call,
    );
    again.forEach((outcome, nth) => (outcomes[pending[nth] ?? -1] = outcome));
  }
  return outcomes;
}

async function foldOnce(ports: Ports, rows: readonly CountedRow[], call: FoldCall): Promise<RowOutcome[]> {
  const batches = Array.from({ length: Math.ceil(rows.length / keysAtOnce) }, (_, index) =>
    rows.slice(index * keysAtOnce, (index + 1) * keysAtOnce),
  );
  return (await inParallel(batches, batchesAtOnce, (batch) => foldBatch(ports, batch, call))).flat();
}

async function foldBatch(ports: Ports, rows: readonly CountedRow[], call: FoldCall): Promise<RowOutcome[]> {
  const positions = await ports.positions(rows);
  return inParallel(rows, writesAtOnce, (row, index) => {
    const location = call.locations.get(row.location);
    const foreign = notAllowed(call, row);
    if (foreign) return Promise.resolve(foreign);
    if (location === undefined) return Promise.resolve(unknownLocation(row));
    return applyRow(ports, { ...call, row, location, position: positions[index] });
  });
}

const unknownLocation = ({ location }: CountedRow): RowOutcome => ({
  outcome: 'refused',
  detail: `There is no location ${location}. Create it with PUT /v1/locations/${location}.`,
});

/** A key that is bound to a location counts nowhere else. */
function notAllowed({ snapshot: { boundTo } }: FoldCall, { location }: CountedRow): RowOutcome | undefined {
  if (boundTo === undefined || boundTo === location) return undefined;
  return {
    outcome: 'refused',
    detail: `The key of this snapshot is bound to ${boundTo} and cannot count at ${location}.`,
  };
}

/** Does some at a time and answers in order. */
async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
