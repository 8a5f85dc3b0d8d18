import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Pool, type Position } from '../stock/counters.ts';
import { type Place, beforeOf, countsOf, entryOf } from './entry.ts';
import { ledgerKey, placeKey } from './table.ts';

const cause = {
  operation: 'fill-backorder',
  reference: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s-f12',
  actor: 'warehouse-east-scanner',
  at: '2026-11-22T09:30:00Z',
  reason: 'cycle count 2026-11-22, counted twice',
};
const position: Position = {
  sku: 'TEE-BLACK-M-ORGANIC-2026',
  location: 'store-boston-downtown-1',
  pool: 'online-north-america',
  onHand: 123_456,
  allocated: 1234,
  held: 12,
  damaged: 3,
  qualityControl: 4,
  safety: 50,
  atf: 122_153,
  version: 1_234_567,
  cause,
};
const place: Place = { level: 'position', sku: position.sku, location: position.location };

describe('an entry', () => {
  it('is one write unit, with every counter and a long reason', () => {
    const entry = entryOf(place, undefined, position);
    const item = marshall({ ...ledgerKey(entry), ...entry }, { removeUndefinedValues: true });
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(1200);
  });

  it('keeps what moved apart from what stayed, and zeros out', () => {
    const pool: Pool = {
      sku: 'TEE',
      pool: 'online',
      ats: 0,
      reserved: 5,
      held: 0,
      fenced: 0,
      backordered: 0,
      version: 2,
      cause,
    };
    const at: Place = { level: 'pool', sku: 'TEE', pool: 'online' };
    const entry = entryOf(at, { ...pool, ats: 5, reserved: 0, version: 1 }, pool);
    expect(entry).toMatchObject({
      at: '2026-11-22T09:30:00.000Z',
      change: { ats: -5, reserved: 5 },
      after: { reserved: 5 },
    });
    expect(beforeOf(entry)).toEqual({ ats: 5, reserved: 0 });
    expect(countsOf(at, entry.after)).toEqual({ ats: 0, reserved: 5, held: 0, fenced: 0, backordered: 0 });
  });

  it('sorts by version, is listed by day where it is a position, and by time where a stripe counts anew', () => {
    const key = (version: number) => ledgerKey({ place, version, at: '2026-11-22T09:30:00.000Z' });
    expect(key(9).sk < key(10).sk).toBe(true);
    expect(key(9)).toMatchObject({ lpk: 'LOCATION#store-boston-downtown-1#2026-11-22' });
    const stripe: Place = { level: 'pool', sku: 'TEE', pool: 'online', stripe: 3 };
    expect(placeKey(stripe)).toBe('POOL#online#S03#');
    const again = ['2026-11-22T09:30:00.000Z', '2026-11-23T09:30:00.000Z'].map((at) =>
      ledgerKey({ place: stripe, version: 1, at }),
    );
    expect(again[0]?.sk).not.toBe(again[1]?.sk);
    expect(again[0]).not.toHaveProperty('lpk');
  });
});
