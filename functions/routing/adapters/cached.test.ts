import { expect, it } from 'vitest';
import { cached } from './cached.ts';

it('reads once while what it has is young, shares a read, and does not keep a failure', async () => {
  let now = 0;
  const answers = [
    () => Promise.resolve('first'),
    () => Promise.reject(new Error('down')),
    () => Promise.resolve('second'),
  ];
  const reading = cached(
    () => answers.shift()?.() ?? Promise.reject(new Error('read too often')),
    30,
    () => now,
  );
  expect(await Promise.all([reading(), reading()])).toEqual(['first', 'first']);
  now = 29;
  expect(await reading()).toBe('first');
  now = 30;
  await expect(reading()).rejects.toThrow('down');
  expect(await reading()).toBe('second');
});

it('reads anew, once for all who ask, when what it has is not enough', async () => {
  let reads = 0;
  const reading = cached(
    () => Promise.resolve((reads += 1)),
    30,
    () => 0,
  );
  expect(await reading()).toBe(1);
  const enough = (value: number): boolean => value > 1;
  expect(await Promise.all([reading(enough), reading(enough)])).toEqual([2, 2]);
  expect(await reading(enough)).toBe(2);
});
