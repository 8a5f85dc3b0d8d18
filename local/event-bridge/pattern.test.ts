import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json } from '../aws-service.ts';
import { matches } from './pattern.ts';
import { validatePattern } from './validate-pattern.ts';

const event: Json = {
  source: 'oms',
  'detail-type': 'OrderCreated',
  detail: {
    total: 120,
    channel: 'Web',
    ip: '10.0.0.7',
    sku: 'A-1-b',
    lines: [
      { sku: 'x', quantity: 1 },
      { sku: 'y', quantity: 5 },
    ],
    tags: ['vip', 'eu'],
    nothing: null,
    empty: '',
    file: 'dir/a.png',
    nested: { a: 1 },
  },
};

const onDetail: [string, Json, boolean][] = [
  ['numeric range', { total: [{ numeric: ['>', 100, '<=', 120] }] }, true],
  ['exact number', { total: [120] }, true],
  ['prefix', { file: [{ prefix: 'dir/' }] }, true],
  ['prefix, ignoring case', { channel: [{ prefix: { 'equals-ignore-case': 'WE' } }] }, true],
  ['suffix', { file: [{ suffix: '.png' }] }, true],
  ['wildcard', { file: [{ wildcard: 'd*/*.png' }] }, true],
  ['wildcard that differs', { file: [{ wildcard: 'd*/*.jpg' }] }, false],
  ['equals-ignore-case', { channel: [{ 'equals-ignore-case': 'web' }] }, true],
  ['cidr', { ip: [{ cidr: '10.0.0.0/24' }] }, true],
  ['cidr of another network', { ip: [{ cidr: '10.0.1.0/24' }] }, false],
  ['anything-but list', { channel: [{ 'anything-but': ['App', 'Pos'] }] }, true],
  ['anything-but the value', { channel: [{ 'anything-but': 'Web' }] }, false],
  ['anything-but prefix', { channel: [{ 'anything-but': { prefix: 'We' } }] }, false],
  ['anything-but wildcard', { file: [{ 'anything-but': { wildcard: '*/b*' } }] }, true],
  ['anything-but on a missing field', { missing: [{ 'anything-but': 'x' }] }, false],
  ['exists', { channel: [{ exists: true }] }, true],
  ['exists false on a missing field', { missing: [{ exists: false }] }, true],
  ['exists on an object', { nested: [{ exists: true }] }, false],
  ['null', { nothing: [null] }, true],
  ['empty string', { empty: [''] }, true],
  ['any element of an array', { tags: ['eu', 'us'] }, true],
  ['conditions on one array element', { lines: { sku: ['y'], quantity: [5] } }, true],
  ['conditions on different array elements', { lines: { sku: ['x'], quantity: [5] } }, false],
  ['$or', { $or: [{ channel: ['App'] }, { total: [{ numeric: ['>', 100] }] }] }, true],
];

const onEvent: [string, Json, boolean][] = [
  ['exact string', { source: ['oms', 'x'] }, true],
  ['all fields required', { source: ['oms'], detail: { channel: ['App'] } }, false],
  ['nested missing', { detail: { q: { z: ['a'] } } }, false],
  ['nested exists false', { detail: { q: { z: [{ exists: false }] } } }, true],
  ...onDetail.map(([name, pattern, expected]): [string, Json, boolean] => [name, { detail: pattern }, expected]),
];

describe('matches', () => {
  it.each(onEvent)('%s', (_name, pattern, expected) => {
    expect(validatePattern(pattern)).toBeUndefined();
    expect(matches(pattern, event)).toBe(expected);
  });

  it('matches every event by its own scalar fields, and none with one of them changed', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const fields = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '$or' && key !== '__proto__'),
      scalar,
      {
        minKeys: 1,
      },
    );
    fc.assert(
      fc.property(fields, (detail) => {
        const pattern = Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, [value]]));
        expect(matches({ detail: pattern }, { detail })).toBe(true);
        const [first = ''] = Object.keys(detail);
        expect(matches({ detail: pattern }, { detail: { ...detail, [first]: 'changed value' } })).toBe(false);
      }),
    );
  });

  it('agrees with a regular expression on wildcards', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/') });
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*') });
    fc.assert(
      fc.property(glob, text, (wildcard, value) => {
        const expression = new RegExp(`^${wildcard.replaceAll(/\*+/g, '.*')}$`);
        expect(matches({ value: [{ wildcard }] }, { value })).toBe(expression.test(value));
      }),
    );
  });
});

describe('validatePattern', () => {
  it.each<[Json, string]>([
    [{ source: [{ prefx: 'a' }] }, 'source: unknown operator prefx'],
    [{ detail: { total: [{ numeric: ['~', 1] }] } }, 'detail: total: numeric takes'],
    [{ source: 'oms' }, 'a condition has to be a list'],
    [{ source: [] }, 'empty lists'],
    [{ ip: [{ cidr: '10.0.0.0/40' }] }, 'cidr takes'],
    [{ a: [{ 'anything-but': { numeric: ['>', 1] } }] }, 'unknown operator numeric in anything-but'],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, 'exactly one operator'],
    [{ $or: [{ a: [1] }] }, 'at least two patterns'],
  ])('refuses %j', (pattern, problem) => {
    expect(validatePattern(pattern)).toContain(problem);
  });
});
