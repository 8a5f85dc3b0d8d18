import { expect, it } from 'vitest';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { aLocation, testNow } from '../../../shared/testing/world.ts';
import { candidatesFor } from './candidates.ts';

const position = (sku: string, location: string, atf: number, pool = 'online'): Position => ({
  sku,
  location,
  pool,
  atf,
  onHand: atf,
  allocated: 0,
  held: 0,
  damaged: 0,
  qualityControl: 0,
  safety: 0,
  version: 1,
  cause: { operation: 'receive', reference: 'r', actor: 'test', at: testNow },
});
const order = { pool: 'online', rejectedBy: [], shipTo: { lines: [], country: 'US', postalCode: '02108' } };

it('measures from the coordinates that a location states, then from its postal code, else not at all', () => {
  const locations = [
    aLocation('stated', { latitude: 40.7128, longitude: -74.006, postalCode: '98101' }),
    aLocation('by-code', { postalCode: '98101' }),
    aLocation('unknown', { country: 'JP', postalCode: '100-0001' }),
  ];
  const positions = locations.map(({ locationId }) => position('TEE', locationId, 1));
  const { candidates } = candidatesFor({ order, skus: ['TEE'], locations, positions });
  const distances = Object.fromEntries(candidates.map(({ location, distanceKm }) => [location, distanceKm]));
  expect(distances['stated']).toBeGreaterThan(290);
  expect(distances['stated']).toBeLessThan(325);
  expect(distances['by-code']).toBeGreaterThan(3950);
  expect(distances['unknown']).toBeUndefined();
});

it('counts no position of another pool, no empty or oversold one, and none at a place that is not a location', () => {
  const positions = [
    position('TEE', 'a', 3, 'stores'),
    position('TEE', 'b', 0),
    position('TEE', 'c', -2),
    position('TEE', 'gone', 5),
    position('CAP', 'd', 5),
  ];
  const field = candidatesFor({
    order,
    skus: ['TEE'],
    locations: ['a', 'b', 'c', 'd'].map((id) => aLocation(id)),
    positions,
  });
  expect(field.candidates).toEqual([]);
  expect(field.excluded.map(({ location }) => location)).toEqual(['a', 'b', 'c', 'd']);
});

it('hands an order that is collected over where it was promised, and nowhere else', () => {
  const places = {
    skus: ['TEE'],
    locations: ['boston', 'chicago'].map((id) => aLocation(id)),
    positions: [position('TEE', 'boston', 1), position('TEE', 'chicago', 1)],
  };
  const collected = (delivery: object) => ({ ...order, delivery: { method: 'pickup' as const, ...delivery } });
  const field = candidatesFor({ ...places, order: collected({ location: 'boston' }) });
  expect(field.candidates.map(({ location }) => location)).toEqual(['boston']);
  expect(field.excluded).toEqual([{ location: 'chicago', reason: 'is collected at boston' }]);
  const nowhere = candidatesFor({ ...places, order: collected({ pickupPoint: { externalId: '77' } }) });
  expect(nowhere.candidates).toEqual([]);
  expect(nowhere.excluded[0]?.reason).toContain("the channel's location 77, which is none of ours");
});
