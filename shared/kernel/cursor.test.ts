import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOf, placeOf } from './cursor.ts';

const place = { lpk: 'CHANNEL#webshop', lsk: '2026-11-22T09:30:00.000Z', pk: 'ORDER#ord_1', sk: 'ORDER' };
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('comes back as the place it was made of', () => {
    const key = fc.string({ minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.record({ lpk: key, lsk: key, pk: key, sk: key }), (any) => {
        expect(placeOf(cursorOf(any))).toEqual(any);
      }),
    );
  });

  it.each([
    ['empty', ''],
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['a key as an object', encoded(place)],
    ['too few parts', encoded(['a', 'b', 'c'])],
    ['too many parts', encoded(['a', 'b', 'c', 'd', 'e'])],
    ['a number as a key', encoded(['a', 'b', 'c', 1])],
    ['an empty key', encoded(['a', 'b', 'c', ''])],
    ['a key longer than a table takes', encoded(['a', 'b', 'c', 'x'.repeat(1025)])],
    ['padded', `${cursorOf(place)}=`],
    ['null', encoded(null)],
  ])('that is %s is none', (_, text) => {
    expect(placeOf(text)).toBeUndefined();
  });

  it('is never made of arbitrary text, and reading one never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (text) => {
          const found = placeOf(text);
          expect(found === undefined || cursorOf(found) === text).toBe(true);
        },
      ),
    );
  });
});
