import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';

it.each([
  ['', '', 0],
  ['tee', '', 3],
  ['teeblackm', 'teeblackl', 1],
  ['teeblackm', 'teeblckm', 1],
  ['teeblackm', 'teebalckm', 1],
  ['kitten', 'sitting', 3],
  ['größe', 'grösse', 2],
  ['a𝒳b', 'ab', 1],
])('from "%s" to "%s" it is %d', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

it('is the same both ways, 0 only for the same, and no more than the longer text', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      expect(editDistance(b, a)).toBe(distance);
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
  );
});
