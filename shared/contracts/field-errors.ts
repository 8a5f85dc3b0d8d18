import type * as z from 'zod';
import { type FieldError } from '../kernel/refusal.ts';

/** A part of a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export const pointerPart = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * zod's issues as field errors; an unknown field is pointed at by its own name.
 * @param prefix the place of the value that was read: a pointer, or `#query` and the like
 */
export function fieldErrors(result: z.ZodSafeParseResult<unknown>, prefix: string): FieldError[] {
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => {
    const pointer = [prefix, ...issue.path.map(pointerPart)].join('/') || '/';
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
    return issue.keys.map((key) => ({
      pointer: `${pointer === '/' ? '' : pointer}/${pointerPart(key)}`,
      detail: 'is not a field of this request',
    }));
  });
}
