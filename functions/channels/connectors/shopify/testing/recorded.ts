import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inputsPresent } from '../../../fixtures/inputs.ts';

const root = join(import.meta.dirname, '../../../../../../shared/inputs');

/** Every JSON file below a folder of the recorded payloads, by its path in them; none where they are not. */
export const filesBelow = (folder: string): string[] =>
  inputsPresent
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(folder, name))
        .sort()
    : [];

/** A whole order or refund that was found in a recorded answer, as its webhook would be. */
export interface Recorded {
  readonly topic: 'orders/updated' | 'refunds/create';
  readonly body: Buffer;
  readonly currency: string;
  /** As the channel wrote it; empty for a refund. */
  readonly total: string;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whole orders and refunds by themselves, wherever in an answer they are; requests are passed over. */
export function documentsIn(value: unknown): Recorded[] {
  if (Array.isArray(value)) return value.flatMap(documentsIn);
  if (!isObject(value)) return [];
  if (['line_items', 'total_price', 'currency', 'created_at'].every((field) => field in value))
    return [
      {
        topic: 'orders/updated',
        body: bytes(value),
        currency: textOf(value['currency']),
        total: textOf(value['total_price']),
      },
    ];
  if ('refund_line_items' in value && 'order_id' in value) {
    const currency = /"currency":"([A-Z]{3})"/.exec(JSON.stringify(value['transactions']))?.[1] ?? 'USD';
    return [{ topic: 'refunds/create', body: bytes(value), currency, total: '' }];
  }
  return Object.entries(value).flatMap(([key, part]) => (key === 'body' ? [] : documentsIn(part)));
}

/** As it came: ids beyond 2^53 are numbers again. */
const bytes = (value: Json): Buffer =>
  Buffer.from(
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'string' && /^\d{16,}$/.test(part) ? `#${part}#` : part,
    ).replaceAll(/"#(\d+)#"/g, '$1'),
  );
