import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { errorWords, fieldErrors } from './field-errors.ts';
import { fieldReasons } from './field-reasons.ts';
import { currency, sku, time } from './fields.ts';

const schema = z.strictObject({
  sku,
  currency,
  quantity: z.int().min(1).max(5),
  limit: z.coerce.number().int(),
  state: z.enum(['OPEN', 'DONE']),
  type: z.literal('till'),
  at: time,
  tags: z.array(z.string()).min(1).max(2),
  flag: z.boolean(),
  endpoint: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('webhook'), url: z.url() }),
  ]),
  id: z.union([z.string(), z.int()]),
  attributes: z.record(z.string().min(1), z.unknown()),
});
const good = {
  sku: 'TEE',
  currency: 'USD',
  quantity: 1,
  limit: '2',
  state: 'OPEN',
  type: 'till',
  at: '2026-11-22T09:30:00Z',
  tags: ['a'],
  flag: true,
  endpoint: { kind: 'none' },
  id: 'a',
  attributes: {},
};
const words = (changes: Readonly<Record<string, unknown>>) =>
  fieldErrors(schema.safeParse({ ...good, ...changes }), '').map(errorWords);

describe('what is wrong with a field', () => {
  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ sku: undefined }, '/sku is needed'],
    [{ sku: 5 }, '/sku must be text'],
    [{ sku: '' }, '/sku must have at least 1 character'],
    [{ sku: 'a'.repeat(101) }, '/sku must have at most 100 characters'],
    [{ sku: 'a\u0007' }, '/sku must be printable text'],
    [{ currency: 'usd' }, '/currency must be an ISO 4217 code, e.g. USD'],
    [{ quantity: 1.5 }, '/quantity must be a whole number'],
    [{ quantity: '1' }, '/quantity must be a number'],
    [{ quantity: 0 }, '/quantity must be at least 1'],
    [{ quantity: 6 }, '/quantity must be at most 5'],
    [{ limit: 'many' }, '/limit must be a number'],
    [{ state: 'open' }, '/state must be one of OPEN, DONE'],
    [{ state: undefined }, '/state is needed: one of OPEN, DONE'],
    [{ type: 'web' }, '/type must be till'],
    [{ at: 'yesterday' }, '/at must be a time in UTC, e.g. 2026-11-22T09:30:00Z'],
    [{ tags: [] }, '/tags must have at least 1 entry'],
    [{ tags: ['a', 'b', 'c'] }, '/tags must have at most 2 entries'],
    [{ tags: 'a' }, '/tags must be a list'],
    [{ flag: 'maybe' }, '/flag must be true or false'],
    [{ endpoint: {} }, '/endpoint/kind is needed: one of none, webhook'],
    [{ endpoint: { kind: 'fax' } }, '/endpoint/kind must be one of none, webhook'],
    [{ endpoint: 'none' }, '/endpoint must be an object'],
    [{ endpoint: { kind: 'webhook', url: 'x' } }, '/endpoint/url must be a web address, e.g. https://shop.example.com'],
    [{ id: true }, '/id must be text, or must be a number'],
    [{ id: undefined }, '/id is needed'],
    [{ attributes: { '': 1 } }, '/attributes/ has a name that cannot be used here'],
    [{ extra: 1 }, '/extra is not known here: remove it'],
  ])('%j: %s', (changes, said) => {
    expect(words(changes)).toEqual([said]);
  });

  it('is told once for each field, of the whole and of parameters in words', () => {
    const twice = schema.safeParse({ ...good, sku: '', currency: 'usd' });
    expect(fieldErrors(twice, '').map(({ pointer }) => pointer)).toEqual(['/sku', '/currency']);
    if (!twice.success)
      expect(fieldReasons(twice.error)).toBe(
        '/sku must have at least 1 character; /currency must be an ISO 4217 code, e.g. USD',
      );
    expect(fieldErrors(schema.safeParse(undefined), '').map(errorWords)).toEqual(['the body is needed']);
    const query = fieldErrors(z.strictObject({ channelId: sku }).safeParse({}), '#query');
    expect([query, query.map(errorWords)]).toEqual([
      [{ pointer: '#query/channelId', detail: 'is needed' }],
      ['query parameter channelId is needed'],
    ]);
  });
});
