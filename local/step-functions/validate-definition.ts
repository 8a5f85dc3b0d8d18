import validate from 'asl-validator';
import { type JsonObject } from '../aws-service.ts';

/**
 * What the asl-validator finds wrong with a definition; empty if nothing. It compiles its schemas anew each time (90
 * to 260 ms), so tests run it
 * and `define` does not.
 */
export function validateDefinition(definition: JsonObject): string[] {
  const { errors } = validate(definition);
  return errors.map(({ Message }) => Message);
}
