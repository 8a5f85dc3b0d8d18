import * as z from 'zod';
import { listingContent } from './listing-content.ts';

/** The deepest that what a channel wants besides may be nested; DynamoDB takes 32 levels of the whole item. */
const deepest = 20;

/** Whether a JSON value can be kept as it is: DynamoDB takes no name without a letter, and of numbers those that a double holds exactly enough. */
function isStorable(value: unknown, depth = 0): boolean {
  if (depth > deepest) return false;
  if (typeof value === 'number') {
    const size = Math.abs(value);
    return size <= Number.MAX_SAFE_INTEGER && (size === 0 || size > 1e-100);
  }
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, part]) => name !== '' && isStorable(part, depth + 1));
}

const attributes = z
  .record(z.string().min(1).max(200), z.unknown())
  .refine((all) => isStorable(all), `must be ${deepest} levels deep at most, with names and without extreme numbers`)
  .optional();

/** What a product is called and looks like, as a caller says it: any part of it may be left out. */
export const contentInput = z.strictObject({ ...listingContent.partial().shape, attributes });
/** As it is parsed. */
export type ContentInput = z.infer<typeof contentInput>;
