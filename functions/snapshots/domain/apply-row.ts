import { type CountedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { type Snapshot, lastSnapshotOf } from '../../../shared/model/stock/snapshot.ts';
import { type DriftCause } from '../../../shared/contracts/snapshots/drift-causes.ts';
import { type FoldPorts } from '../ports.ts';
import {
  type CountedUnits,
  betterKnown,
  countedCounters,
  differenceOf,
  movedSince,
  noUnits,
  sumOf,
} from './difference.ts';
import { explain } from './explain.ts';
import { type Shelf, belowZero, foldIn } from './fold.ts';
import { type History, historyOf, recentSeconds } from './history.ts';
import { type Mark, instant, markOf, standsAt } from './mark.ts';

/** What became of a row. */
export type SettledOutcome =
  | { readonly outcome: 'matched' | 'in-flight' | 'repeated' }
  | { readonly outcome: 'stale' | 'refused'; readonly detail: string }
  | { readonly outcome: 'drift'; readonly cause: DriftCause; readonly difference: CountedUnits };
/** What became of a row, or `pending`: the ledger does not have yet what is needed to say. */
export type RowOutcome = SettledOutcome | { readonly outcome: 'pending'; readonly detail: string };

/** A row that is to be folded into the books. */
export interface RowCall {
  readonly snapshot: Snapshot;
  readonly row: CountedRow;
  readonly location: Location;
  /** The position, as it was read together with others; read again when it has changed meanwhile. */
  readonly position: Position | undefined;
  /** Whether a row that changes nothing keeps its snapshot's time too. */
  readonly markMatches: boolean;
}

type Ports = Pick<FoldPorts, 'commit' | 'ledger' | 'positions' | 'clock'>;

/** Folds one row into the books: at most once for each snapshot, and never an older one over a newer. */
export async function applyRow(ports: Ports, call: RowCall): Promise<RowOutcome> {
  let { position } = call;
  let isFirst = true;
  const result = await decideAndCommit<RowOutcome>(ports.commit, async () => {
    if (!isFirst) [position] = await ports.positions([call.row]);
    isFirst = false;
    return ok(await decide(ports, call, { row: call.row, location: call.location, position }));
  });
  return outcomeOf(result);
}

const outcomeOf = (result: Result<RowOutcome>): RowOutcome =>
  result.ok ? result.value : { outcome: 'refused', detail: result.refusal.detail };

const only = (reply: RowOutcome): Decision<RowOutcome> => ({ changes: [], reply });

async function decide(ports: Ports, call: RowCall, shelf: Shelf): Promise<Decision<RowOutcome>> {
  const { snapshot, row } = call;
  const { position } = shelf;
  const mark = markOf(row, snapshot);
  const before = knownBefore(position, snapshot) ?? impossible(row, position, snapshot);
  if (before) return only(before);
  const history = position === undefined || standsAt(position, mark) ? nothing : await historyOf(ports, position, mark);
  if (typeof history === 'string') return only(withoutHistory[history]);
  const better = betterKnown(history.after, snapshot);
  if (better) {
    const detail = `After this row's mark ${better.reference} said what is there, at ${better.at}.`;
    return only({ outcome: 'stale', detail });
  }
  const moved = movedSince(history.after, mark, snapshot);
  const inFlight = sumOf(moved);
  const difference = differenceOf(row, position, inFlight);
  if (isNothing(difference)) return matched(ports, call, shelf, isNothing(inFlight) ? 'matched' : 'in-flight');
  return drifted(ports, call, shelf, { difference, mark, moved, history });
}

const nothing: History = { after: [], before: [] };

const withoutHistory: Readonly<Record<'not-yet' | 'not-kept', RowOutcome>> = {
  'not-yet': {
    outcome: 'pending',
    detail: 'The ledger does not show yet what moved after the mark of this row. Send the row again.',
  },
  'not-kept': {
    outcome: 'refused',
    detail: 'The ledger does not reach back to the mark of this row. Send a newer count.',
  },
};

/** The position knows the newest snapshot of each source. */
function knownBefore(position: Position | undefined, { source, takenAt }: Snapshot): RowOutcome | undefined {
  const last = position && lastSnapshotOf(position, source);
  if (last === undefined || last < takenAt) return undefined;
  if (last === takenAt) return { outcome: 'repeated' };
  return { outcome: 'stale', detail: `A newer snapshot of ${source}, taken at ${last}, was applied here.` };
}

/** Numbers of a row that cannot be together, or not with its snapshot. */
function impossible(row: CountedRow, position: Position | undefined, { takenAt }: Snapshot): RowOutcome | undefined {
  const { onHand, damaged = 0, qualityControl = 0, containsUntil, version } = row;
  const refused = (detail: string): RowOutcome => ({ outcome: 'refused', detail });
  const present = position?.version ?? 0;
  if (damaged + qualityControl > onHand)
    return refused(
      `onHand is ${onHand}, and must contain what is damaged (${damaged}) and in quality control (${qualityControl}).`,
    );
  if (version !== undefined && containsUntil !== undefined)
    return refused('version and containsUntil are both there: a row has one mark.');
  if (version !== undefined && version > present)
    return refused(`version is ${version}, and the position is at ${present}.`);
  if (containsUntil !== undefined && instant(containsUntil) > takenAt)
    return refused(`containsUntil must not be after the snapshot was taken, at ${takenAt}.`);
  return undefined;
}

const isNothing = (units: CountedUnits): boolean => countedCounters.every((counter) => units[counter] === 0);

function matched(ports: Ports, call: RowCall, shelf: Shelf, outcome: 'matched' | 'in-flight'): Decision<RowOutcome> {
  if (!call.markMatches) return only({ outcome });
  const fold = { snapshot: call.snapshot, now: ports.clock.now(), reason: outcome };
  return { changes: foldIn(shelf, noUnits, fold), reply: { outcome } };
}

interface Drift {
  readonly difference: CountedUnits;
  readonly mark: Mark;
  readonly moved: ReturnType<typeof movedSince>;
  readonly history: History;
}

async function drifted(ports: Ports, call: RowCall, shelf: Shelf, drift: Drift): Promise<Decision<RowOutcome>> {
  const { difference } = drift;
  const below = belowZero(shelf.position, difference);
  if (below !== undefined) return only({ outcome: 'refused', detail: contradiction(shelf, drift, below) });
  const cause = shelf.position === undefined ? 'first-seen' : await causeOf(ports, shelf.position, drift);
  const fold = { snapshot: call.snapshot, now: ports.clock.now(), reason: cause };
  return { changes: foldIn(shelf, difference, fold), reply: { outcome: 'drift', cause, difference } };
}

const contradiction = ({ row }: Shelf, { moved }: Drift, counter: keyof CountedUnits): string =>
  `${counter} was counted ${row[counter] ?? 0} and ${-sumOf(moved)[counter]} left after the mark: there would be less than nothing. ` +
  'The mark is too early, or the count is wrong.';

/** The history before the mark is read only where it may explain something: right after a movement. */
async function causeOf(ports: Ports, position: Position, { difference, mark, moved, history }: Drift) {
  if (history !== nothing) return explain(difference, { moved, before: history.before });
  const hasMovedLately = 'version' in mark || position.cause.at >= plusSeconds(mark.at, -recentSeconds);
  const recent = hasMovedLately ? await historyOf(ports, position, mark) : nothing;
  return explain(difference, { moved, before: typeof recent === 'string' ? [] : recent.before });
}
