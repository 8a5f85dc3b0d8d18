import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type BatchAnswer, splitRefused } from './split-refused.ts';

/** A channel that takes a call only where all its parts are good. */
function channelThatRefuses(bad: ReadonlySet<number>) {
  const taken: number[] = [];
  let calls = 0;
  const send = (parts: readonly number[]): Promise<BatchAnswer<number>> => {
    calls += 1;
    if (parts.some((one) => bad.has(one)))
      return Promise.resolve({ kind: 'refused', refusal: refuse('not-found', 'one of them is unknown').refusal });
    taken.push(...parts);
    return Promise.resolve({ kind: 'answered', answers: new Map(parts.map((one) => [one, ok(true)])) });
  };
  return { send, taken, calls: () => calls };
}

it('answers every part, takes every good one once, and calls 31 times at most', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 60 }), fc.array(fc.nat({ max: 59 }), { maxLength: 5 }), async (size, wrong) => {
      const parts = Array.from({ length: size }, (_, index) => index);
      const channel = channelThatRefuses(new Set(wrong));
      const answers = await splitRefused(parts, channel.send);
      expect([...answers.keys()].sort((a, b) => a - b)).toEqual(parts);
      for (const [part, answer] of answers) {
        if (answer.ok) expect(wrong).not.toContain(part);
        else if (answer.refusal.code === 'not-found') expect(wrong).toContain(part);
      }
      expect(new Set(channel.taken).size).toBe(channel.taken.length);
      expect(channel.calls()).toBeLessThanOrEqual(30);
    }),
  );
});

it('finds one bad part among 2,000, and stops where the channel is down', async () => {
  const channel = channelThatRefuses(new Set([1234]));
  const answers = await splitRefused(
    Array.from({ length: 2000 }, (_, index) => index),
    channel.send,
  );
  expect([...answers.values()].filter(({ ok: isOk }) => !isOk)).toHaveLength(1);
  let calls = 0;
  const down = await splitRefused([1, 2, 3], () => {
    calls += 1;
    return Promise.resolve({ kind: 'refused', refusal: refuse('provider-unavailable', 'down').refusal });
  });
  expect([calls, down.size]).toEqual([1, 3]);
});
