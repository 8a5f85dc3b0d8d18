import type * as z from 'zod';

/** What a parser found wrong. */
export type FieldIssues = Pick<z.ZodError, 'issues'>;

const shown = 5;

/** What is wrong with a document, in words: each field by its path, the first few of them. */
export function fieldReasons({ issues }: FieldIssues): string {
  const reasons = issues.slice(0, shown).map(({ path, message, ...issue }) => {
    const unknown = 'keys' in issue && Array.isArray(issue.keys) ? ` (${issue.keys.join(', ')})` : '';
    return `/${path.map(String).join('/')} ${message}${unknown}`;
  });
  return [...reasons, ...(issues.length > shown ? [`and ${issues.length - shown} more`] : [])].join('; ');
}
