import type * as z from 'zod';
import './field-words.ts';

/** What a parser found wrong. */
export type FieldIssues = Pick<z.ZodError, 'issues'>;

const shown = 5;

/** What is wrong with a document, in words: the first fault of each field by its path, the first few of them. */
export function fieldReasons({ issues }: FieldIssues): string {
  const byPath = new Map<string, string>();
  for (const { path, message } of issues) {
    const pointer = `/${path.map(String).join('/')}`;
    if (!byPath.has(pointer)) byPath.set(pointer, `${pointer} ${message}`);
  }
  const reasons = [...byPath.values()];
  const more = reasons.length - shown;
  return [...reasons.slice(0, shown), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
