import { type Json, type JsonObject } from '../aws-service.ts';

/** Whether a value is a JSON object (not null, not a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; throws naming `what` otherwise. */
export function asObject(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw new Error(`${what} is not an object: ${JSON.stringify(value)}`);
  return value;
}

/** The value as a string; throws naming `what` otherwise. */
export function asString(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new Error(`${what} is not a string: ${JSON.stringify(value)}`);
  return value;
}

/** The value as a list; throws naming `what` otherwise. */
export function asList(value: Json | undefined, what: string): Json[] {
  if (!Array.isArray(value)) throw new Error(`${what} is not a list: ${JSON.stringify(value)}`);
  return value;
}

/** The value as a list: nothing is an empty list, a single value a list of one. */
export function listOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The value as a list of strings; throws naming `what` where an item is something else. */
export function stringsOf(value: Json | undefined, what: string): string[] {
  return listOf(value).map((item) => asString(item, what));
}

/** The value as a number (CloudFormation also writes numbers as text), or the fallback where there is none. */
export function numberOr(value: Json | undefined, fallback: number, what: string): number {
  if (value === undefined || value === null) return fallback;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number))
    throw new Error(`${what} is not a number: ${JSON.stringify(value)}`);
  return number;
}

/** Parses JSON text that is known to be JSON; the result is a `Json` and still has to be narrowed. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}
