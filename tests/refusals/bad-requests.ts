import * as z from 'zod';
import { type ApiContract } from '../../shared/contracts/define-api.ts';
import { type RefusalCode } from '../../shared/kernel/refusal.ts';
import { type RawRequest } from '../testing/http.ts';
import { type Schema, jsonSchema, sampleOf, wrongsOf } from './schema-samples.ts';

/** A request with one thing wrong, and what must be said about it. */
export interface BadRequest {
  readonly what: string;
  readonly request: RawRequest;
  /** The statuses that are right; any 4xx where there are none. */
  readonly statuses?: readonly number[];
  readonly code?: RefusalCode;
  /** The place that `errors` must name. */
  readonly pointer?: string;
  /** True where the gateway answers before any function is asked, in its own form. */
  readonly byGateway?: boolean;
}

/** Keys of callers: one that may do all, and one that lacks the scope of the route. */
export interface Keys {
  readonly all: string;
  readonly lacking: string;
}

/** What names nothing that exists. */
export const nothing = 'no-such-thing';
const json = { 'content-type': 'application/json' };
const hasBody = (contract: ApiContract): boolean => !(contract.body instanceof z.ZodUndefined);
const isKeyed = (contract: ApiContract): boolean => contract.method === 'POST' && contract.scope !== 'public';

/** The path of a route with every parameter named `word`. */
export const pathOf = (contract: ApiContract, word = nothing, query: Readonly<Record<string, string>> = {}): string => {
  const needed = sampleQuery(contract, word);
  const search = new URLSearchParams({ ...needed, ...query }).toString();
  const path = contract.path.replaceAll(/\{\w+\}/g, word);
  return search === '' ? path : `${path}?${search}`;
};

function sampleQuery(contract: ApiContract, word: string): Record<string, string> {
  const { required = [] } = jsonSchema(contract.query);
  return Object.fromEntries(required.map((name) => [name, word]));
}

/** The text of a body that the contract takes, or none where it takes none. */
export const bodyOf = (contract: ApiContract, word = nothing): string | undefined =>
  hasBody(contract) ? JSON.stringify(sampleOf(jsonSchema(contract.body), word) ?? {}) : undefined;

/** A request that is well formed throughout. */
export function wellFormed(contract: ApiContract, apiKey: string, word = nothing): RawRequest {
  const body = bodyOf(contract, word);
  return {
    method: contract.method,
    path: pathOf(contract, word),
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : json),
      ...(isKeyed(contract) ? { 'idempotency-key': crypto.randomUUID() } : {}),
    },
    ...(body === undefined ? {} : { body }),
  };
}

/**
 * Every request to a route that has one thing wrong, derived from its contract.
 * @param makes true for a route that makes what its path names: a name that is odd, and is one, is nothing wrong there
 */
export function badRequests(contract: ApiContract, keys: Keys, makes = false): BadRequest[] {
  const good = wellFormed(contract, keys.all);
  const bytes = hasBody(contract) ? badBytes(contract, good) : strayBody(contract, good);
  return [...access(contract, good, keys), ...bytes, ...badFields(contract, good), ...badPlaces(contract, good, makes)];
}

const without = (headers: RawRequest['headers'], name: string) =>
  Object.fromEntries(Object.entries(headers ?? {}).filter(([key]) => key !== name));

function access(contract: ApiContract, good: RawRequest, { lacking }: Keys): BadRequest[] {
  if (contract.scope === 'public') return [];
  const as = (authorization: string): RawRequest => ({ ...good, headers: { ...good.headers, authorization } });
  const keyed = isKeyed(contract)
    ? [
        ['no Idempotency-Key', without(good.headers, 'idempotency-key')] as const,
        ['too long an Idempotency-Key', { ...good.headers, 'idempotency-key': 'k'.repeat(256) }] as const,
      ]
    : [];
  return [
    {
      what: 'no key',
      request: { ...good, headers: without(good.headers, 'authorization') },
      statuses: [401],
      byGateway: true,
    },
    ...['Bearer xd_nobody_has_this_key', 'Bearer', 'Basic eGQ6eGQ='].map((text) => ({
      what: `the authorization ${text}`,
      request: as(text),
      statuses: [403],
      byGateway: true,
    })),
    { what: 'a key without the scope', request: as(`Bearer ${lacking}`), statuses: [403], code: 'forbidden' },
    ...keyed.map(([what, headers]): BadRequest => ({
      what,
      request: { ...good, headers },
      statuses: [400],
      code: 'idempotency-key-missing',
      pointer: '#header/idempotency-key',
    })),
  ];
}

const deep = (open: string, close: string): string => open.repeat(10_000) + close.repeat(10_000);

function badBytes(contract: ApiContract, good: RawRequest): BadRequest[] {
  const raw = contract.scope === 'public';
  const needed = !contract.body.safeParse(undefined).success;
  const malformed: readonly (string | Buffer)[] = [
    '{',
    'null and void',
    "{'single': 'quotes'}",
    '{"trailing": 1,}',
    '{"a": NaN}',
    Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
    Buffer.from('{"latin-1": é}', 'latin1'),
  ];
  const tooBig = ' '.repeat(contract.maximumBodyBytes + 1);
  return [
    ...malformed.map((body): BadRequest => ({
      what: `malformed JSON ${String(body).slice(0, 20)}`,
      request: { ...good, body },
      ...(!raw && { statuses: [400], code: 'malformed-request' }),
    })),
    ...(needed ? [{ what: 'no body', request: { ...good, body: '' }, statuses: [422] }] : []),
    ...['[', '{"a":'].map((open) => ({
      what: `10,000 levels of ${open}`,
      request: { ...good, body: deep(open, open === '[' ? ']' : '}').replace(':}', ':1}') },
      ...(!raw && { statuses: [400, 422] }),
    })),
    ...(raw ? [] : wrongTypes(good)),
    {
      what: 'a huge body',
      request: { ...good, body: tooBig },
      ...(!raw && { statuses: [413], code: 'body-too-large' }),
    },
    {
      what: 'a body over 10 MB',
      request: { ...good, body: ' '.repeat(10 * 1024 * 1024 + 1) },
      statuses: [413],
      byGateway: true,
    },
  ];
}

const wrongTypes = (good: RawRequest): BadRequest[] =>
  ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', undefined].map((type) => ({
    what: `the content type ${type ?? 'none'}`,
    request: {
      ...good,
      headers: { ...without(good.headers, 'content-type'), ...(type && { 'content-type': type }) },
      body: good.body === undefined || good.body === '' ? '{}' : good.body,
    },
    statuses: [415],
    code: 'unsupported-media-type',
    pointer: '#header/content-type',
  }));

const strayBody = (contract: ApiContract, good: RawRequest): BadRequest[] =>
  contract.method === 'GET'
    ? []
    : [
        {
          what: 'a body that is not asked for',
          request: { ...good, headers: { ...good.headers, ...json }, body: '{"a":1}' },
          statuses: [422],
          code: 'invalid-request',
        },
      ];

const badFields = (contract: ApiContract, good: RawRequest): BadRequest[] =>
  wrongsOf(jsonSchema(contract.body), nothing).map(({ what, pointer, value }) => ({
    what: `${what} at ${pointer || '/'}`,
    request: { ...good, body: JSON.stringify(value) },
    statuses: [422],
    code: 'invalid-request',
    pointer: pointer || '/',
  }));

const oddTexts = [
  '..%2F..',
  '%00',
  '%F0%9F%92%A9',
  'a'.repeat(300),
  '%22%27%3B--',
  '__proto__',
  '%20',
  '%E0%A4%A',
  '%',
];

/** Odd path parameters, unknown and odd query parameters. */
function badPlaces(contract: ApiContract, good: RawRequest, makes: boolean): BadRequest[] {
  const parameters = [...contract.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const odd = parameters.flatMap((name) =>
    oddTexts
      .filter((text) => !makes || !isName(contract, name, text))
      .map((text) => ({
        what: `${name} ${text.slice(0, 20)}`,
        request: { ...good, path: contract.path.replace(`{${name}}`, text).replaceAll(/\{\w+\}/g, nothing) },
      })),
  );
  const raw = contract.method === 'POST' && contract.scope === 'public';
  return [...odd, ...(raw ? [] : badQueries(contract, good))];
}

/** True for a text that may name something there, as it arrives. */
function isName({ params }: ApiContract, name: string, text: string): boolean {
  const { shape } = params as z.ZodObject<Record<string, z.ZodType>>;
  return shape[name]?.safeParse(decoded(text)).success === true;
}

/** A broken escape arrives as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** No whole number, or one beyond what the parameter takes. */
const badNumbers = ({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Schema): readonly string[] => [
  '1.5',
  'many',
  '',
  ...[minimum - 1, -1, maximum + 1, 1e300].filter((one) => one < minimum || one > maximum).map(String),
];
/** Texts that are not what the parameter's pattern asks for. */
const badTexts = (pattern: string | undefined) =>
  ['', 'Not A Slug', '\u0000'].filter((text) => pattern === undefined || !new RegExp(pattern, 'u').test(text));
const badCursors = ['', 'x', 'bm8gSlNPTg', 'eyJwayI6eyJTIjoiMSJ9fQ', 'WzEsMiwzLDRd', '%00', 'a'.repeat(2001)];

function badQueries(contract: ApiContract, good: RawRequest): BadRequest[] {
  const { properties = {}, required = [], additionalProperties } = jsonSchema(contract.query, 'output');
  // What a channel asks is its own: such a route takes any parameter.
  if (typeof additionalProperties === 'object') return [];
  const needed = required.filter((name) => name in sampleQuery(contract, nothing));
  const values = (name: string, schema: Schema): readonly string[] =>
    name === 'cursor'
      ? badCursors
      : schema.type === 'integer' || schema.type === 'number'
        ? badNumbers(schema)
        : badTexts(schema.pattern);
  const refused = (name: string, path: string, what: string): BadRequest => ({
    what,
    request: { ...good, path },
    statuses: [422],
    code: 'invalid-request',
    pointer: `#query/${name}`,
  });
  return [
    refused('noSuchParameter', pathOf(contract, nothing, { noSuchParameter: '1' }), 'an unknown query parameter'),
    ...needed.map((name) => refused(name, pathOf(contract).replace(/\?.*/, ''), `no ${name}`)),
    ...Object.entries(properties).flatMap(([name, schema]) =>
      values(name, schema).map((value) =>
        refused(name, pathOf(contract, nothing, { [name]: value }), `the ${name} ${value.slice(0, 20)}`),
      ),
    ),
  ];
}
