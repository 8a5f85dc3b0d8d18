import { parseJson } from '../../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';

/**
 * What a spreadsheet takes for a formula, and so for something to be carried out. Source: https://owasp.org/www-community/attacks/CSV_Injection
 * Apostrophes before it count too, so that taking one away is the exact reverse of putting one there.
 */
const formula = /^'*[=+\-@\t\r]/;
const quotedFormula = /^'+[=+\-@\t\r]/;

/** A value as a cell: text as it is, anything else as JSON, nothing as nothing; what a spreadsheet would carry out stands behind an apostrophe. */
export function toCell(value: unknown, isText: boolean): string | undefined {
  if (value === undefined) return undefined;
  const text = isText && typeof value === 'string' ? value : JSON.stringify(value);
  return formula.test(text) ? `'${text}` : text;
}

/** The exact reverse of `toCell`. @param form what it must be, in words, where it is JSON; nothing for text. Refusal: `invalid-request` where it is none. */
export function fromCell(cell: string, form?: string): Result<unknown> {
  const text = quotedFormula.test(cell) ? cell.slice(1) : cell;
  if (form === undefined) return ok(text);
  try {
    return ok(parseJson(text.toLowerCase() === 'true' || text.toLowerCase() === 'false' ? text.toLowerCase() : text));
  } catch {
    return refuse('invalid-request', `must be ${form}`);
  }
}
