import { brotliDecompressSync } from 'node:zlib';
import { postalRules } from './postal-code.ts';
import { postalData } from './postal-data.ts';
import { type PostalRuns, unpack } from './postal-runs.ts';

let decoded: ReadonlyMap<string, PostalRuns> | undefined;

/** The table by country, decoded at its first use: a function that never asks for a place does not pay for it. */
export function postalTable(): ReadonlyMap<string, PostalRuns> {
  decoded ??= decode(postalData);
  return decoded;
}

/** Decodes the text of a table: base64 of brotli of `pack`, in the order of `postalRules`. */
export function decode(text: string): ReadonlyMap<string, PostalRuns> {
  const countries = Object.keys(postalRules);
  const tables = unpack(brotliDecompressSync(Buffer.from(text, 'base64')), countries.length);
  return new Map(tables.map((runs, index) => [countries[index] ?? '', runs]));
}
