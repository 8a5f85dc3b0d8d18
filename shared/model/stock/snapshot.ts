import { type DriftCause } from '../../contracts/snapshots/drift-causes.ts';
import { type Transitions } from '../../kernel/states.ts';
import { type Aggregate } from '../orders/order.ts';
import { type Position } from './counters.ts';
import { snapshotAttribute } from './stock-change.ts';

/** What a snapshot may be. */
export type SnapshotState = 'AWAITING_FILE' | 'APPLYING' | 'APPLIED' | 'REFUSED' | 'CANCELLED';
/** What may be done to it. */
export type SnapshotOperation = 'apply' | 'finish' | 'refuse' | 'upload' | 'cancel';

/**
 * States as data. Applying again lets one that was interrupted go on; a file that could not be read may be uploaded anew; one that is
 * cancelled is over, and frees its source.
 */
export const snapshotTransitions: Transitions<SnapshotState, SnapshotOperation> = {
  AWAITING_FILE: { upload: 'AWAITING_FILE', apply: 'APPLYING', cancel: 'CANCELLED' },
  APPLYING: { apply: 'APPLYING', finish: 'APPLIED', refuse: 'REFUSED', cancel: 'CANCELLED' },
  APPLIED: {},
  REFUSED: { upload: 'AWAITING_FILE' },
  CANCELLED: {},
};

/** What became of a snapshot's rows so far. */
export interface SnapshotTally {
  readonly rows: number;
  readonly matched: number;
  /** Rows that differ from the present and match at their mark: the difference is work in flight, and is kept. */
  readonly inFlight: number;
  /** Rows that somebody knows better: a newer snapshot or a count after their mark. */
  readonly stale: number;
  /** Rows that this snapshot had changed already, before it was interrupted or sent again. */
  readonly repeated: number;
  readonly refused: number;
  /** Rows that changed the books, by cause, and the units of it. */
  readonly drift: Readonly<Record<DriftCause, { readonly rows: number; readonly units: number }>>;
}

/** A row that was not applied, and why. */
export interface RowProblem {
  /** Line of the file, from 1; of rows sent in a request, their number from 1. */
  readonly line: number;
  readonly problem: string;
}

/** Counts as a WMS, POS or ERP has them at one moment. */
export interface Snapshot extends Aggregate {
  readonly snapshotId: string;
  /** Who says so: `wms-east`. */
  readonly source: string;
  /** When the source counted: an older one, or the same again, changes nothing. */
  readonly takenAt: string;
  /** Every movement of ours until then is contained in its counts, unless a row says otherwise. */
  readonly containsUntil: string;
  readonly format: 'csv' | 'ndjson' | 'rows';
  /** What its file was announced to be: its SHA-256 in hexadecimal digits, and how many rows it has. Another one is refused. */
  readonly sha256?: string;
  readonly rowCount?: number;
  readonly state: SnapshotState;
  readonly createdAt: string;
  readonly actor: string;
  /** The only location that it may speak of: that of the key it came with. */
  readonly boundTo?: string;
  readonly tally: SnapshotTally;
  /** How far it is: lines done (a run that goes on begins after them) and bytes read. */
  readonly progress: { readonly bytes: number; readonly lines: number };
  /** The file that is being applied, by its entity tag: another one in its place is refused. */
  readonly file?: string;
  /** The first hundred; the report has all. */
  readonly problems: readonly RowProblem[];
  /** How much of the report is written: parts of one or more lines. */
  readonly report: { readonly parts: number };
  /** Why it was refused as a whole. */
  readonly refusal?: string;
}

/**
 * What orders a source's snapshots: files are applied one at a time and never an older one after a newer, so that a row which matches
 * needs no mark of its own.
 */
export interface SnapshotSource {
  readonly source: string;
  /** The file that is being applied. */
  readonly applying?: string;
  /** When the newest file that was begun was taken. */
  readonly newestFile?: string;
  /** Rows sent in requests may be in flight until then; a file begins after it. */
  readonly rowsUntil?: string;
  readonly version: number;
  readonly updatedAt: string;
}

/** When the newest snapshot of a source that was applied to a position was taken. */
export function lastSnapshotOf(position: Position, source: string): string | undefined {
  const takenAt: unknown = Reflect.get(position, snapshotAttribute(source));
  return typeof takenAt === 'string' ? takenAt : undefined;
}

const none = { rows: 0, units: 0 };
/** No rows yet. */
export const emptyTally: SnapshotTally = {
  rows: 0,
  matched: 0,
  inFlight: 0,
  stale: 0,
  repeated: 0,
  refused: 0,
  drift: {
    'first-seen': none,
    'movement-missing': none,
    'movement-early': none,
    'other-state': none,
    found: none,
    lost: none,
  },
};
