import * as z from 'zod';
import { driftCauses } from './drift-causes.ts';
import { defineEvent } from '../define-event.ts';
import { slug, time } from '../fields.ts';

const example = { source: 'wms-east', takenAt: '2026-11-22T09:30:00.000Z' };
const nothing = { rows: 0, units: 0 };

/** There is a file to apply, or the rest of one. */
export const snapshotReady = defineEvent({
  name: 'SnapshotReady',
  version: 1,
  capability: 'snapshots',
  fires: 'When a file of counts is to be applied, and again for the rest of it when a run has used its time.',
  data: z.object({ source: slug, takenAt: time }),
  example,
});

/** A snapshot is in the books. */
export const snapshotApplied = defineEvent({
  name: 'SnapshotApplied',
  version: 1,
  capability: 'snapshots',
  fires: 'When the last row of a file of counts has been folded into the books, or a request with rows was answered.',
  data: z.object({
    source: slug,
    takenAt: time,
    rows: z.int(),
    refused: z.int(),
    drift: z.record(z.enum(driftCauses), z.object({ rows: z.int(), units: z.int() })),
  }),
  example: {
    ...example,
    rows: 1_000_000,
    refused: 3,
    drift: {
      'first-seen': nothing,
      'movement-missing': nothing,
      'movement-early': nothing,
      'other-state': nothing,
      found: { rows: 12, units: 40 },
      lost: { rows: 31, units: 55 },
    },
  },
});

/** A file cannot be read. */
export const snapshotRefused = defineEvent({
  name: 'SnapshotRefused',
  version: 1,
  capability: 'snapshots',
  fires: 'When a file of counts cannot be read as a whole, or was replaced while it was applied.',
  data: z.object({ source: slug, takenAt: time, refusal: z.string() }),
  example: {
    ...example,
    refusal: 'The first line must name the columns location, sku and onHand. It is "SKU;LOC;QTY".',
  },
});

/** A file is given up. */
export const snapshotCancelled = defineEvent({
  name: 'SnapshotCancelled',
  version: 1,
  capability: 'snapshots',
  fires: 'When somebody gives a file of counts up; what it has changed so far stays.',
  data: z.object({ source: slug, takenAt: time, rows: z.int() }),
  example: { ...example, rows: 2000 },
});
