import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { slug } from '../fields.ts';

const count = { countId: z.string(), location: slug, lines: z.int() };
const example = { countId: 'count_0f8b5c1d2e3a4b5c6d7e8f9a0b1c2d3e', location: 'boston', lines: 12 };
const differences = {
  ...count,
  /** SKUs of which the shelf differs from the books. */
  varied: z.int(),
  /** Units that are there and were not in the books, and the other way round. */
  unitsOver: z.int(),
  unitsUnder: z.int(),
};

/** Somebody is to count. */
export const stockCountAssigned = defineEvent({
  name: 'StockCountAssigned',
  version: 1,
  capability: 'stock',
  fires: 'When SKUs are to be counted at a location: a count was opened or sent back.',
  data: z.object({ ...count, assignedTo: z.string().optional(), recounts: z.int() }),
  example: { ...example, assignedTo: 'maria', recounts: 0 },
});

/** A count is to be looked at. */
export const stockCountSubmitted = defineEvent({
  name: 'StockCountSubmitted',
  version: 1,
  capability: 'stock',
  fires: 'When every SKU of a count is counted and compared with the books.',
  data: z.object(differences),
  example: { ...example, varied: 2, unitsOver: 1, unitsUnder: 3 },
});

/** A count is in the books. */
export const stockCountCompleted = defineEvent({
  name: 'StockCountCompleted',
  version: 1,
  capability: 'stock',
  fires: 'When the last difference of a count is in the books.',
  data: z.object(differences),
  example: { ...example, varied: 2, unitsOver: 1, unitsUnder: 3 },
});

/** A count was given up. */
export const stockCountCancelled = defineEvent({
  name: 'StockCountCancelled',
  version: 1,
  capability: 'stock',
  fires: 'When a count is given up and the books stay as they are.',
  data: z.object(count),
  example,
});
