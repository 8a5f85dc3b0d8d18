import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../kernel/time.ts';
import {
  type ChannelCredentials,
  acceptedSecrets,
  changedCredentials,
  fingerprint,
  maximumSigningSecrets,
  noCredentials,
  rotated,
  sameCredentials,
  withValues,
} from './credentials.ts';

const now = '2026-11-22T09:30:00.000Z';
const after = (seconds: number): string => plusSeconds(now, seconds);
const only = rotated(noCredentials, 'A', now, 60);

describe('a rotation', () => {
  it('has the new secret sign and the old one accepted until the overlap is over', () => {
    const both = rotated(only, 'B', after(10), 60);
    expect(both.signing).toEqual([
      { value: 'B', addedAt: after(10) },
      { value: 'A', addedAt: now, until: after(70) },
    ]);
    expect(acceptedSecrets(both, after(69))).toEqual(['B', 'A']);
    expect(acceptedSecrets(both, after(70))).toEqual(['B']);
    expect(rotated(both, 'C', after(70), 60).signing.map(({ value }) => value)).toEqual(['C', 'B']);
  });

  it('that is made again changes nothing', () => {
    const both = rotated(only, 'B', after(10), 60);
    expect(rotated(both, 'B', after(20), 60)).toEqual(both);
    expect(rotated(only, 'A', after(20), 60)).toEqual(only);
  });

  it('without an overlap ends all others at once, also those that were to stay longer', () => {
    const both = rotated(only, 'B', now, 3600);
    expect(acceptedSecrets(rotated(both, 'C', after(1), 0), after(1))).toEqual(['C']);
    expect(acceptedSecrets(rotated(both, 'B', after(1), 0), after(1))).toEqual(['B']);
  });

  it('can be taken back: the old one is the newest again', () => {
    const back = rotated(rotated(only, 'B', now, 60), 'A', after(5), 60);
    expect(back.signing).toEqual([
      { value: 'A', addedAt: after(5) },
      { value: 'B', addedAt: now, until: after(65) },
    ]);
  });

  it('in any sequence: the newest signs for ever, every other for what the shortest promise since says, none twice', () => {
    const step = fc.record({
      value: fc.constantFrom('A', 'B', 'C', 'D'),
      wait: fc.nat({ max: 50 }),
      overlap: fc.nat({ max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat({ max: 150 }), (steps, rest) => {
        let [credentials, seconds]: [ChannelCredentials, number] = [noCredentials, 0];
        const ends = new Map<string, number>();
        for (const { value, wait, overlap } of steps) {
          seconds += wait;
          credentials = rotated(credentials, value, after(seconds), overlap);
          for (const [other, end] of ends) ends.set(other, Math.min(end, seconds + overlap));
          for (const [other, end] of ends) if (end <= seconds) ends.delete(other);
          ends.set(value, Number.POSITIVE_INFINITY);
        }
        const at = seconds + rest;
        const accepted = acceptedSecrets(credentials, after(at));
        const expected = [...ends].filter(([, end]) => end > at).map(([value]) => value);
        expect(accepted[0]).toBe(steps.at(-1)?.value);
        expect([...accepted].sort()).toEqual(expected.sort());
      }),
    );
  });
});

describe('what a channel is given', () => {
  it('is kept by name, with the time since when it is so', () => {
    const first = withValues(noCredentials, { accessToken: 'x', clientId: 'i' }, now);
    const second = withValues(first, { accessToken: 'y', clientId: 'i' }, after(5));
    expect(second).toMatchObject({
      values: { accessToken: 'y', clientId: 'i' },
      since: { accessToken: after(5), clientId: now },
    });
    expect(withValues(second, { accessToken: 'y' }, after(9))).toBe(second);
  });

  it('is refused beyond five secrets at once, with the time when the next one ends', () => {
    let credentials = only;
    for (let index = 1; index < maximumSigningSecrets; index += 1)
      credentials = rotated(credentials, `S${index}`, after(index), 3600);
    expect(changedCredentials(credentials, { signing: 'S5' }, after(9))).toMatchObject({
      refusal: { code: 'limit-exceeded', facts: { nextEnd: after(3601) } },
    });
    expect(changedCredentials(credentials, { signing: 'S5', overlapSeconds: 0 }, after(9))).toMatchObject({ ok: true });
    expect(changedCredentials(credentials, { signing: 'S5' }, after(3601))).toMatchObject({ ok: true });
  });

  it('is refused beyond what a secret holds', () => {
    const values = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`v${index}`, 'x'.repeat(4096)]));
    expect(changedCredentials(noCredentials, { values }, now)).toMatchObject({ refusal: { code: 'limit-exceeded' } });
  });

  it('is the same whatever the order of its names', () => {
    const one = withValues(withValues(noCredentials, { a: '1' }, now), { b: '2' }, now);
    const other = withValues(withValues(noCredentials, { b: '2' }, now), { a: '1' }, now);
    expect(sameCredentials(one, other)).toBe(true);
    expect(sameCredentials(one, withValues(one, { b: '3' }, now))).toBe(false);
  });
});

it('a fingerprint needs the key that lies with the secrets', () => {
  const print = fingerprint({ ...only, fingerprintKey: 'k' }, 'request');
  expect(fingerprint({ ...rotated(only, 'B', now, 60), fingerprintKey: 'k' }, 'request')).toBe(print);
  expect(fingerprint({ ...only, fingerprintKey: 'l' }, 'request')).not.toBe(print);
  expect(fingerprint({ ...only, fingerprintKey: 'k' }, 'another')).not.toBe(print);
});
