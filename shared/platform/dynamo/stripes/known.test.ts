import { afterEach, expect, it, vi } from 'vitest';
import { knownStripes, learnStripes } from './known.ts';

afterEach(() => vi.useRealTimers());

it('is believed for half a minute, corrected at once, and bounded', () => {
  vi.useFakeTimers();
  expect(knownStripes('TEE', 'online')).toBe(1);
  learnStripes('TEE', 'online', 16);
  learnStripes('TEE', 'outlet', 4);
  expect([knownStripes('TEE', 'online'), knownStripes('TEE', 'outlet')]).toEqual([16, 4]);
  learnStripes('TEE', 'outlet', 1);
  expect(knownStripes('TEE', 'outlet')).toBe(1);
  vi.advanceTimersByTime(30_001);
  expect(knownStripes('TEE', 'online')).toBe(1);
  for (let n = 0; n < 1001; n += 1) learnStripes(`SKU-${n}`, 'online', 2);
  expect([knownStripes('SKU-0', 'online'), knownStripes('SKU-1000', 'online')]).toEqual([1, 2]);
});
