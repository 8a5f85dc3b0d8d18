import * as z from 'zod';

/** The part of JSON Schema that contracts are made of. */
export interface Schema {
  readonly additionalProperties?: unknown;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A value with exactly one thing wrong, and where: a JSON pointer relative to the value. */
export interface Wrong {
  readonly what: string;
  readonly pointer: string;
  readonly value: unknown;
}

/** A schema of a contract as JSON Schema. */
export const jsonSchema = (schema: z.ZodType, io: 'input' | 'output' = 'input'): Schema =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-11-22T09:30:00.000Z',
  email: 'nobody@example.com',
  uri: 'https://example.com/',
};

/** A value that fits a schema, with every field there is; whatever may be free text or an id is `word`. */
export function sampleOf(schema: Schema, word: string): unknown {
  const [option] = schema.oneOf ?? schema.anyOf ?? [];
  if (option !== undefined) return sampleOf(option, word);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, of]) => [name, sampleOf(of, word)]),
      );
    case 'array':
      return [sampleOf(schema.items ?? {}, word)];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return formats[schema.format ?? ''] ?? [word, 'USD', 'US', '96385074'].find((text) => fits(schema, text));
    default:
      return undefined;
  }
}

const fits = ({ pattern }: Schema, text: string): boolean =>
  pattern === undefined || new RegExp(pattern, 'u').test(text);

/** Every way in which a value of this schema can be wrong in one place, each with the place. */
export function wrongsOf(schema: Schema, word: string): Wrong[] {
  const options = schema.oneOf ?? schema.anyOf;
  if (options !== undefined) {
    const mayBeNull = options.some(({ type }) => type === 'null');
    const wrongs = options.flatMap((option) => wrongsOf(option, word));
    return wrongs.filter(({ pointer, value }) => !(mayBeNull && pointer === '' && value === null));
  }
  if (schema.const !== undefined || schema.enum !== undefined)
    return here([
      ['a value that is not of the list', 'no such value'],
      ['a number', 7],
    ]);
  switch (schema.type) {
    case 'object':
      return wrongObjects(schema, word);
    case 'array':
      return wrongLists(schema, word);
    case 'integer':
    case 'number':
      return wrongNumbers(schema);
    case 'boolean':
      return here([
        ['text', 'true'],
        ['null', null],
      ]);
    case 'string':
      return wrongTexts(schema);
    default:
      return [];
  }
}

const here = (values: readonly (readonly [what: string, value: unknown])[]): Wrong[] =>
  values.map(([what, value]) => ({ what, pointer: '', value }));

/** True of an object that takes fields of any name with anything in them. */
const takesAnything = ({ additionalProperties: more }: Schema): boolean =>
  typeof more === 'object' && more !== null && Object.keys(more).length === 0;

function wrongObjects(schema: Schema, word: string): Wrong[] {
  const sample = sampleOf(schema, word) as Readonly<Record<string, unknown>>;
  const without = (name: string) => Object.fromEntries(Object.entries(sample).filter(([key]) => key !== name));
  return [
    ...here([
      ['text', 'text'],
      ['a list', []],
      ['null', null],
    ]),
    ...(takesAnything(schema)
      ? []
      : [{ what: 'an unknown field', pointer: '/noSuchField', value: { ...sample, noSuchField: 1 } }]),
    ...(schema.required ?? []).map((name) => ({ what: 'a missing field', pointer: `/${name}`, value: without(name) })),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, of]) =>
      wrongsOf(of, word).map(({ what, pointer, value }) => ({
        what,
        pointer: `/${name}${pointer}`,
        value: { ...sample, [name]: value },
      })),
    ),
  ];
}

function wrongLists({ items = {}, minItems = 0, maxItems }: Schema, word: string): Wrong[] {
  return [
    ...here([
      ['an object', {}],
      ['text', 'text'],
      ['null', null],
    ]),
    ...(minItems > 0 ? here([['too short a list', []]]) : []),
    ...(maxItems === undefined ? [] : here([['too long a list', Array(maxItems + 1).fill(sampleOf(items, word))]])),
    ...wrongsOf(items, word).map(({ what, pointer, value }) => ({ what, pointer: `/0${pointer}`, value: [value] })),
  ];
}

function wrongNumbers({ type, minimum, maximum }: Schema): Wrong[] {
  const low = minimum === undefined ? [] : [minimum - 1, -(2 ** 53)];
  const high = maximum === undefined ? [] : [maximum + 1, 2 ** 53];
  const fraction = type === 'integer' ? [1.5] : [];
  return [
    ...[...low, ...high, ...fraction].map((value) => ({ what: `the number ${value}`, pointer: '', value })),
    ...here([
      ['a number as text', '1'],
      ['null', null],
      ['a list', [1]],
    ]),
  ];
}

function wrongTexts(schema: Schema): Wrong[] {
  const { maxLength, minLength = 0, format } = schema;
  const bad = ['', ' \u0000', 'Not\u0007Good', '\ud800'].filter((text) => !fits(schema, text));
  return [
    ...here([
      ['a number', 7],
      ['an object', {}],
      ['null', null],
    ]),
    ...bad.map((value) => ({ what: `the text ${JSON.stringify(value)}`, pointer: '', value })),
    ...(maxLength === undefined ? [] : here([['too long a text', 'a'.repeat(maxLength + 1)]])),
    ...(minLength > 0 ? here([['an empty text', '']]) : []),
    ...(format === undefined ? [] : here([['a text of another format', 'neither time, address nor link']])),
  ];
}
