import * as z from 'zod';
import { AwsError, type Json, type JsonObject } from '../../aws-service.ts';

/** Reads an operation's input. Throws `ValidationException` where it does not fit. */
export function readRequest<T>(schema: z.ZodType<T>, input: JsonObject): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AwsError('ValidationException', z.prettifyError(parsed.error));
}

/** Reads a payload given as JSON text. Throws `code` if it is none. */
export function readPayload(text: string, code: string): Json {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    throw new AwsError(code, `Invalid JSON: ${text.slice(0, 100)}`);
  }
}

/** The SDK reads times as seconds since 1970. */
export const epochSeconds = (ms: number): number => ms / 1000;

const position = z.int().min(0);

/** Makes a page's token of where the next page begins. */
export const nextTokenOf = (value: number): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Reads a page's token. Throws `InvalidToken`. */
export function positionOf(token: string): number {
  try {
    return position.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
  } catch {
    throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  }
}

/** AWS's page size: 100 unless told, at most 1,000; 0 means the default. */
export const maxResults = z
  .int()
  .min(0)
  .max(1000)
  .optional()
  .transform((size) => (size === undefined || size === 0 ? 100 : size));
