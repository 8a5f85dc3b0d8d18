import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type PostalRuns, pack, unpack } from './postal-runs.ts';

const runs = fc
  .array(fc.tuple(fc.nat(99_999_999), fc.integer({ min: -900, max: 900 }), fc.integer({ min: -1800, max: 1800 })))
  .map((rows): PostalRuns => ({
    starts: Uint32Array.from(rows, ([start]) => start).sort(),
    latitudes: Int16Array.from(rows, ([, latitude]) => latitude),
    longitudes: Int16Array.from(rows, ([, , longitude]) => longitude),
  }));

it('unpacks what was packed', () => {
  fc.assert(
    fc.property(fc.array(runs), (tables) => {
      expect(unpack(pack(tables), tables.length)).toEqual(tables);
    }),
  );
});
