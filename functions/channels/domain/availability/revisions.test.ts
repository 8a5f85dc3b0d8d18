import { describe, expect, it } from 'vitest';
import { type ListingOffer, type Urgency } from '../../../../shared/model/network/offer.ts';
import { revisableAt } from './revisions.ts';

const noon = '2026-11-22T12:00:00.000Z';
const midnight = '2026-11-23T00:00:00.000Z';
const offer = (urgency: Urgency, count: number, publishedAt = noon, day = '2026-11-22'): ListingOffer => ({
  wanted: 5,
  wantedVersion: 2,
  wantedPool: 'online',
  wantedAt: noon,
  published: 6,
  publishedAt,
  due: { urgency, at: noon, since: noon },
  revisions: { day, count },
});

describe('the revisions of a day', () => {
  it('are spread over what is left of it, the last tenth kept', () => {
    // 24 left but for the tenth, over twelve hours.
    expect(revisableAt(offer('rise', 66), 100, noon)).toBe('2026-11-22T12:30:00.000Z');
    expect(revisableAt(offer('fall', 66), 100, '2026-11-22T12:30:00.000Z')).toBeUndefined();
    expect(revisableAt(offer('fall', 90), 100, noon)).toBe(midnight);
  });

  it('are not waited for by a listing that changes seldom', () => {
    expect(revisableAt(offer('rise', 24), 100, noon)).toBeUndefined();
    expect(revisableAt(offer('rise', 25), 100, noon)).toBe('2026-11-22T12:11:04.615Z');
  });

  it('are free for what is urgent until none is left', () => {
    expect(revisableAt(offer('now', 99), 100, noon)).toBeUndefined();
    expect(revisableAt(offer('now', 100), 100, noon)).toBe(midnight);
  });

  it('begin anew with the day', () => {
    expect(revisableAt(offer('rise', 100, noon, '2026-11-21'), 100, noon)).toBeUndefined();
  });
});
