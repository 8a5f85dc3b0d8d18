import { type Aggregate } from '../orders/order.ts';

/** What a snapshot may be. */
export type SnapshotState = 'AWAITING_FILE' | 'APPLYING' | 'APPLIED' | 'REFUSED';

/** Why shelves and books differ, as far as it can be told. */
export const driftCauses = [
  /** No position was there before. */
  'first-seen',
  /** The source does not yet contain movements that it says it contains. */
  'movement-missing',
  /** The source contains movements after the mark that it states. */
  'movement-early',
  'found',
  'lost',
] as const;
/** Why shelves and books differ. */
export type DriftCause = (typeof driftCauses)[number];

/** What became of a snapshot's rows so far. */
export interface SnapshotTally {
  readonly rows: number;
  readonly matched: number;
  /** Rows that differ from the present and match at their mark: the difference is work in flight, and is kept. */
  readonly inFlight: number;
  readonly stale: number;
  readonly refused: number;
  /** Rows that changed the books, by cause, and the units of it. */
  readonly drift: Readonly<Record<DriftCause, { readonly rows: number; readonly units: number }>>;
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
  readonly state: SnapshotState;
  readonly createdAt: string;
  readonly tally: SnapshotTally;
  /** Where to go on after a crash: bytes read and lines done. */
  readonly progress: { readonly bytes: number; readonly lines: number };
  /** Why it was refused as a whole. */
  readonly refusal?: string;
}
