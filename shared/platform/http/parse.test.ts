import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { defineApi } from '../../contracts/define-api.ts';
import { externalId, page, quantity, slug } from '../../contracts/fields.ts';
import { type Result } from '../../kernel/result.ts';
import { type Principal } from './call.ts';
import { parseCall } from './parse.ts';

const route = defineApi({
  id: 'countShelf',
  capability: 'test',
  method: 'POST',
  path: '/v1/shelves/{location}/counts',
  summary: 'Count a shelf.',
  scope: 'stock:write',
  params: z.strictObject({ location: slug }),
  query: z.strictObject(page),
  body: z.strictObject({
    lines: z.array(z.strictObject({ sku: z.string().max(100), quantity })).min(1),
    note: z.string().optional(),
    reference: externalId.optional(),
  }),
  response: z.object({}),
  maximumBodyBytes: 1000,
});
const optional = defineApi({ ...route, body: z.strictObject({}).optional() });
const caller: Principal = { id: 'key-1', name: 'test', scopes: ['*'] };
const good = { lines: [{ sku: 'TEE', quantity: 1 }] };

type Request = Partial<Omit<APIGatewayProxyEventV2, 'headers'>> & { readonly headers?: Record<string, string> };
const parse = ({ headers, ...rest }: Request = {}, contract: typeof route | typeof optional = route): Result<unknown> =>
  parseCall(
    contract as typeof route,
    {
      pathParameters: { location: 'store-1' },
      body: JSON.stringify(good),
      isBase64Encoded: false,
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1', ...headers },
      ...rest,
    } as APIGatewayProxyEventV2,
    caller,
    '2026-11-22T09:30:00.000Z',
  );
const withBody = (body: unknown) => parse({ body: typeof body === 'string' ? body : JSON.stringify(body) });
const pointers = (result: Result<unknown>): string[] =>
  result.ok ? [] : (result.refusal.errors ?? []).map(({ pointer }) => pointer);
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code);

describe('a request', () => {
  it('is read by its contract, with its defaults, its caller and its key', () => {
    expect(parse({ queryStringParameters: { limit: '7' } })).toMatchObject({
      ok: true,
      value: {
        params: { location: 'store-1' },
        query: { limit: 7 },
        body: good,
        principal: caller,
        once: { key: 'countShelf#key-1#k-1' },
      },
    });
    expect(parse()).toMatchObject({ value: { query: { limit: 50 } } });
  });

  it('has the same fingerprint whatever the order of its fields, and another for another request', () => {
    const hash = (result: Result<unknown>) =>
      (result as { value: { once: { requestHash: string } } }).value.once.requestHash;
    const body = '{"note":"n","lines":[{"quantity":1,"sku":"TEE"}]}';
    expect(hash(withBody({ ...good, note: 'n' }))).toBe(hash(withBody(body)));
    expect(hash(withBody({ ...good, note: 'm' }))).not.toBe(hash(withBody(body)));
    expect(hash(parse({ pathParameters: { location: 'store-2' } }))).not.toBe(hash(parse()));
  });

  it('may have no body where its contract needs none', () => {
    expect(parse({ body: '' }, optional)).toMatchObject({ ok: true });
    expect(code(parse({ body: '' }))).toBe('invalid-request');
  });

  it('keeps every digit of an id', () => {
    expect(code(withBody('{"lines":[{"sku":"TEE","quantity":820982911946154508}]}'))).toBe('invalid-request');
    expect(withBody('{"lines":[{"sku":"TEE","quantity":1}],"reference":820982911946154508}')).toMatchObject({
      value: { body: { reference: '820982911946154508' } },
    });
  });
});

describe('bytes', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.api+json'])(
    'as %s are read',
    (type) => expect(code(parse({ headers: { 'content-type': type } }))).toBe('ok'),
  );

  it.each(['text/json', 'application/xml', 'application/jsonp', 'multipart/form-data', ''])('as %j are not', (type) => {
    expect(code(parse({ headers: { 'content-type': type } }))).toBe('unsupported-media-type');
  });

  it('may come as base64, and must be UTF-8', () => {
    const base64 = (bytes: Buffer) => parse({ body: bytes.toString('base64'), isBase64Encoded: true });
    expect(code(base64(Buffer.from(JSON.stringify(good))))).toBe('ok');
    expect(code(base64(Buffer.from('{"lines":[{"sku":"é","quantity":1}]}', 'latin1')))).toBe('malformed-request');
  });

  it('are counted as bytes, not as characters', () => {
    const filler = (bytes: number) => `{"lines":[{"sku":"TEE","quantity":1}],"note":"${'é'.repeat((bytes - 50) / 2)}"}`;
    expect(code(withBody(filler(990)))).toBe('ok');
    const refused = withBody(filler(1010));
    expect(refused).toMatchObject({ refusal: { code: 'body-too-large', facts: { maximumBytes: 1000 } } });
  });

  it.each(['{', '{"a":1,}', 'undefined', "{'a':1}", '{"a":NaN}', ' ', '['.repeat(900)])('%j are no JSON', (body) => {
    expect(code(withBody(body))).toBe('malformed-request');
  });

  it('never break it, whatever they are', () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString('base64'));
    fc.assert(fc.property(bytes, (body) => typeof parse({ body, isBase64Encoded: true }).ok === 'boolean'));
    fc.assert(fc.property(fc.json(), (body) => typeof withBody(body).ok === 'boolean'));
  });
});

describe('every field at fault is named:', () => {
  it.each([
    ['missing', {}, ['/lines']],
    ['unknown', { ...good, 'a/b~c': 1 }, ['/a~1b~0c']],
    ['unknown, inside', { lines: [{ ...good.lines[0], price: 1, tax: 2 }] }, ['/lines/0/price', '/lines/0/tax']],
    ['several', { lines: [{ sku: 7, quantity: 0 }], note: 1 }, ['/lines/0/sku', '/lines/0/quantity', '/note']],
    ['the whole', [], ['/']],
    ['an emoji cut in two', { lines: [{ sku: '\ud83d', quantity: 1 }], note: '\udc4d' }, ['/lines/0/sku', '/note']],
  ])('%s', (_, body, expected) => {
    expect(pointers(withBody(body))).toEqual(expected);
  });

  it('in path, query and headers too, all at once', () => {
    const refused = parse({
      body: '{}',
      pathParameters: { location: 'Not A Slug' },
      queryStringParameters: { limit: 'many', cursor: 'x', page: '2' },
    });
    expect(pointers(refused).sort()).toEqual([
      '#path/location',
      '#query/cursor',
      '#query/limit',
      '#query/page',
      '/lines',
    ]);
  });

  it.each([
    ['missing', ''],
    ['blank', '   '],
    ['too long', 'k'.repeat(256)],
  ])('a key that is %s', (_, key) => {
    const refused = parse({ headers: { 'idempotency-key': key } });
    expect([code(refused), ...pointers(refused)]).toEqual(['idempotency-key-missing', '#header/idempotency-key']);
  });
});
