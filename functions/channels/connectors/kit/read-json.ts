import { parseJson, withWholeTexts } from '../../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';

/** A delivery's bytes as JSON, every digit of its ids kept; text that its channel cut within a character is mended, not refused. */
export function readJson(body: Buffer): Result<unknown> {
  try {
    return ok(withWholeTexts(parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body))));
  } catch (error) {
    return refuse('malformed-request', `The body is no JSON in UTF-8: ${wordsOf(error)}.`);
  }
}

/** What is nested so deeply that it cannot be walked is no order of anybody's. */
function wordsOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  return error instanceof Error ? error.message : String(error);
}
