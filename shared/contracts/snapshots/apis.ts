import * as z from 'zod';
import { driftCauses } from './drift-causes.ts';
import { defineApi } from '../define-api.ts';
import { page, sku, slug, time } from '../fields.ts';

const units = z
  .int('must be a whole number of units')
  .min(0, 'must not be below 0')
  .max(1_000_000_000, 'must be 1,000,000,000 at most');

/** One count: a SKU at a location. What is damaged or in quality control is part of `onHand`; what is left out stays as it is. */
export const countedRow = z.strictObject({
  location: slug,
  sku,
  onHand: units,
  damaged: units.optional(),
  qualityControl: units.optional(),
  /** The mark of this row: every movement of ours until then is in its counts. */
  containsUntil: time.optional(),
  /** The mark of this row as the version of our position that its counts contain; exact, where a time is not. */
  version: z.int('must be a whole number').min(0, 'must not be below 0').optional(),
});
/** One count of a snapshot. */
export type CountedRow = z.infer<typeof countedRow>;

const count = z.int();
const drift = z.object({ rows: count, units: count });
const tally = z.object({
  rows: count,
  matched: count,
  inFlight: count,
  stale: count,
  repeated: count,
  refused: count,
  drift: z.record(z.enum(driftCauses), drift),
});
const of = {
  source: slug,
  /** When the source counted; it orders the snapshots of a source. */
  takenAt: time,
  /** Every movement of ours until then is in the counts; `takenAt` where it is not given. */
  containsUntil: time.optional(),
};
const declared = {
  /** SHA-256 of the file, in hexadecimal digits: a file that is another, or was cut, is refused before a row of it is applied. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case')
    .optional(),
  /** How many rows the file has, the header not counted: a file that has more or fewer is refused before a row of it is applied. */
  rowCount: z.int('must be a whole number').min(0, 'must not be below 0').optional(),
};
const snapshotParams = z.strictObject({
  snapshotId: z.string().min(1).max(64),
});

/** A snapshot and what became of its rows so far. */
export const snapshotResource = z.object({
  snapshotId: z.string(),
  source: slug,
  takenAt: time,
  containsUntil: time,
  format: z.enum(['csv', 'ndjson', 'rows']),
  ...declared,
  state: z.enum(['AWAITING_FILE', 'APPLYING', 'APPLIED', 'REFUSED', 'CANCELLED']),
  createdAt: time,
  updatedAt: time,
  progress: z.object({ bytes: count, lines: count }),
  tally,
  /** The first hundred rows that were not applied, each with its line. */
  problems: z.array(z.object({ line: count, problem: z.string() })),
  /** Why it was refused as a whole. */
  refusal: z.string().optional(),
  /** Where to PUT the file, for 15 minutes; ask again for another. Only while a file is awaited. */
  uploadUrl: z.string().optional(),
  /** Where to GET every problem and every difference as NDJSON, for 15 minutes. Once it is over, if there are any. */
  reportUrl: z.string().optional(),
});

/** A file of counts is announced. */
export const createSnapshot = defineApi({
  id: 'createSnapshot',
  capability: 'snapshots',
  method: 'POST',
  path: '/v1/stock/snapshots',
  summary:
    'Announce a file of counts and get the address to upload it to; the same source and time are the same snapshot.',
  scope: 'stock:write',
  body: z.strictObject({ ...of, ...declared, format: z.enum(['csv', 'ndjson']) }),
  status: 201,
  response: snapshotResource,
  refusals: ['reference-reused'],
});

/** The file is there. */
export const beginSnapshot = defineApi({
  id: 'beginSnapshot',
  capability: 'snapshots',
  method: 'POST',
  path: '/v1/stock/snapshots/{snapshotId}/apply',
  summary: 'Fold the uploaded file into the books, in the background; again, to let one that was interrupted go on.',
  scope: 'stock:write',
  params: snapshotParams,
  status: 202,
  response: snapshotResource,
  refusals: ['not-found', 'state-conflict', 'unreadable-file'],
});

/** Counts without a file. */
export const applySnapshotRows = defineApi({
  id: 'applySnapshotRows',
  capability: 'snapshots',
  method: 'POST',
  path: '/v1/stock/snapshots/rows',
  summary: 'Fold up to 1,000 counts into the books at once; the answer says what became of each.',
  scope: 'stock:write',
  body: z.strictObject({ ...of, rows: z.array(countedRow).min(1).max(1000) }),
  response: z.object({
    snapshotId: z.string(),
    source: slug,
    takenAt: time,
    tally,
    rows: z.array(
      z.object({
        outcome: z.enum(['matched', 'in-flight', 'drift', 'stale', 'repeated', 'refused']),
        /** Why the books differed. */
        cause: z.enum(driftCauses).optional(),
        /** What was added to the books, in units. */
        difference: z.object({ onHand: count, damaged: count, qualityControl: count }).optional(),
        /** Why the row was not applied, and what to do. */
        detail: z.string().optional(),
      }),
    ),
  }),
});

/** One snapshot. */
export const readSnapshot = defineApi({
  id: 'readSnapshot',
  capability: 'snapshots',
  method: 'GET',
  path: '/v1/stock/snapshots/{snapshotId}',
  summary: 'How far a snapshot is, how shelves and books differed and why, and which rows were not applied.',
  scope: 'stock:read',
  params: snapshotParams,
  response: snapshotResource,
  refusals: ['not-found'],
});

/** Snapshots of a source. */
export const listSnapshots = defineApi({
  id: 'listSnapshots',
  capability: 'snapshots',
  method: 'GET',
  path: '/v1/stock/snapshots',
  summary: 'Snapshots of a source, newest first.',
  scope: 'stock:read',
  query: z.strictObject({ source: slug, ...page }),
  response: z.object({ snapshots: z.array(snapshotResource), cursor: z.string().optional() }),
});

/** A file is given up. */
export const cancelSnapshot = defineApi({
  id: 'cancelSnapshot',
  capability: 'snapshots',
  method: 'POST',
  path: '/v1/stock/snapshots/{snapshotId}/cancel',
  summary:
    'Give a file up that is awaited or cannot be applied; what it has changed so far stays, and its source is free.',
  scope: 'stock:write',
  params: snapshotParams,
  response: snapshotResource,
  refusals: ['not-found', 'state-conflict'],
});
