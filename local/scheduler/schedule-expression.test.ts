import { describe, expect, it } from 'vitest';
import { nextRun, parseSchedule } from './schedule-expression.ts';

const at = (iso: string): number => Date.parse(iso);
const next = (expression: string, after: string, timeZone?: string): string | undefined => {
  const instant = nextRun(parseSchedule(expression, timeZone), at(after), at('2026-01-01T00:00:00Z'));
  return instant === undefined ? undefined : new Date(instant).toISOString().replace('.000', '');
};

describe('cron', () => {
  it.each([
    ['cron(0 10 * * ? *)', '2026-03-01T10:00:00Z', '2026-03-02T10:00:00Z'],
    ['cron(15 12 * * ? *)', '2026-03-01T10:00:30Z', '2026-03-01T12:15:00Z'],
    ['cron(0/15 * * * ? *)', '2026-03-01T10:01:00Z', '2026-03-01T10:15:00Z'],
    ['cron(0 18 ? * MON-FRI *)', '2026-03-06T18:00:00Z', '2026-03-09T18:00:00Z'],
    ['cron(0 8 1 * ? *)', '2026-01-31T00:00:00Z', '2026-02-01T08:00:00Z'],
    ['cron(0 0 29 2 ? *)', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['cron(0/5 8-17 ? * 2-6 *)', '2026-03-06T17:55:00Z', '2026-03-09T08:00:00Z'],
    ['cron(0 12 ? JAN,JUL 1 2027/2)', '2026-01-01T00:00:00Z', '2027-01-03T12:00:00Z'],
    ['cron(* * * * ? 2020)', '2026-01-01T00:00:00Z', undefined],
  ])('%s after %s is %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it('follows the clocks of its time zone, and skips what does not exist when summer time begins', () => {
    expect(next('cron(0 9 * * ? *)', '2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T07:00:00Z');
    expect(next('cron(30 2 * * ? *)', '2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-30T00:30:00Z');
    const first = '2026-10-25T00:30:00Z';
    expect(next('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', 'Europe/Berlin')).toBe(first);
    expect(next('cron(30 2 * * ? *)', first, 'Europe/Berlin')).toBe('2026-10-26T01:30:00Z');
  });

  it.each([
    ['cron(0 10 * * *)', 'six fields'],
    ['cron(0 10 * * * *)', 'exactly one of day-of-month and day-of-week'],
    ['cron(0 10 L * ? *)', 'L, W and # are not supported'],
    ['cron(0 10 ? * 2#1 *)', 'L, W and # are not supported'],
    ['cron(61 10 * * ? *)', 'minutes 61'],
    ['rate(0 minutes)', 'rate(0 minutes)'],
    ['every(5 minutes)', 'rate(…), cron(…) or at(…) expected'],
    ['at(tomorrow)', 'at(tomorrow)'],
  ])('refuses %s', (expression, message) => {
    expect(() => parseSchedule(expression)).toThrow(message);
  });
});

it('counts rates from the making of the schedule', () => {
  expect(next('rate(5 minutes)', '2026-01-01T00:00:00Z')).toBe('2026-01-01T00:05:00Z');
  expect(next('rate(1 hour)', '2026-01-01T02:30:00Z')).toBe('2026-01-01T03:00:00Z');
  expect(next('rate(7 days)', '2026-01-20T00:00:00Z')).toBe('2026-01-22T00:00:00Z');
});

it('runs once at a moment, in the clocks of a time zone', () => {
  expect(next('at(2026-07-01T12:00:00)', '2026-01-01T00:00:00Z', 'America/New_York')).toBe('2026-07-01T16:00:00Z');
  expect(next('at(2026-07-01T12:00:00)', '2026-07-01T12:00:00Z')).toBeUndefined();
});
