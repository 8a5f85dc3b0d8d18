import type * as z from 'zod';
import { type FieldError } from '../kernel/refusal.ts';
import './field-words.ts';

/** A part of a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export const pointerPart = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * zod's issues as field errors, the first of each field; an unknown field is pointed at by its own name.
 * @param prefix the place of the value that was read: a pointer, or `#query` and the like
 */
export function fieldErrors(result: z.ZodSafeParseResult<unknown>, prefix: string): FieldError[] {
  if (result.success) return [];
  const errors = result.error.issues.flatMap((issue) => {
    const pointer = [prefix, ...issue.path.map(pointerPart)].join('/') || '/';
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
    return issue.keys.map((key) => ({
      pointer: `${pointer === '/' ? '' : pointer}/${pointerPart(key)}`,
      detail: 'is not known here: remove it',
    }));
  });
  return [...new Map(errors.toReversed().map((error) => [error.pointer, error])).values()].toReversed();
}

const places: Readonly<Record<string, string>> = { '#query': 'query parameter', '#path': 'path parameter' };

/** A field error as a part of a sentence: `/lines/0/sku is needed`, `query parameter limit must be a number`, `the body is needed`. */
export function errorWords({ pointer, detail }: FieldError): string {
  if (pointer === '/') return `the body ${detail}`;
  const [start = '', ...rest] = pointer.split('/');
  const place = places[start];
  return place === undefined ? `${pointer} ${detail}` : `${place} ${rest.join('/')} ${detail}`;
}
