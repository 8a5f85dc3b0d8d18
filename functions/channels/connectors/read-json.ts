import { parseJson } from '../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';

/** A delivery's bytes as JSON, every digit of its ids kept. */
export function readJson(body: Buffer): Result<unknown> {
  try {
    return ok(parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (error) {
    return refuse(
      'malformed-request',
      `The body is no JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}
