import * as z from 'zod';
import { slug } from '../fields.ts';

/** Where units on a shelf stand. */
export const shelfState = z.enum(['sellable', 'damaged', 'qualityControl']);

/** Units in the building: what somebody has counted. */
export const onHand = z.int().min(0).max(1_000_000_000);

/** Units that come (positive) or go (negative). */
export const delta = z
  .int()
  .min(-1_000_000_000)
  .max(1_000_000_000)
  .refine((units) => units !== 0, 'must not be 0');

const count = z.int();

/** The counters of a position, in units. */
export const positionCounts = z.object({
  onHand: count,
  allocated: count,
  held: count,
  damaged: count,
  qualityControl: count,
  safety: count,
  atf: count,
  version: count,
});

/** A list in which each value of a field is there once. */
export const eachOnce = <T extends z.ZodType<object>>(line: T, field: keyof z.infer<T> & string, maximum: number) =>
  z
    .array(line)
    .min(1)
    .max(maximum)
    .superRefine((lines, context) => {
      const seen = new Set<unknown>();
      for (const [index, one] of lines.entries()) {
        const value: unknown = Reflect.get(one, field);
        if (seen.has(value))
          context.addIssue({ code: 'custom', path: [index, field], message: 'is in an earlier line already' });
        seen.add(value);
      }
    });

/** A location by its id in the path. */
export const locationParams = z.strictObject({ locationId: slug });
