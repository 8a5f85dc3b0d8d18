import { describe, expect, it } from 'vitest';
import { distanceKm } from './geo.ts';
import { fulfillmentOrderIdOf, orderIdFrom, orderIdOf, returnIdOf } from './ids.ts';
import { canonicalJson, parseJson } from './json.ts';

describe('ids', () => {
  it('derives an order from channel and external id, unambiguously', () => {
    expect(orderIdOf('webshop', '1001')).toBe(orderIdOf('webshop', '1001'));
    expect(orderIdOf('a', 'b#c')).not.toBe(orderIdOf('a#b', 'c'));
    expect(orderIdOf('webshop', '1001')).toMatch(/^ord_[0-9a-z]{26}$/);
  });

  it('finds the order of a part in its id', () => {
    const orderId = orderIdOf('webshop', '1001');
    expect(orderIdFrom(fulfillmentOrderIdOf(orderId, 12))).toBe(orderId);
    expect(orderIdFrom(returnIdOf(orderId, 1))).toBe(orderId);
    expect(orderIdFrom('ORDER#x')).toBeUndefined();
  });
});

describe('json', () => {
  it('keeps every digit of an id beyond 2^53 and leaves other numbers alone', () => {
    expect(parseJson('{"id":820982911946154508,"n":1.5,"small":42,"text":"1"}')).toEqual({
      id: '820982911946154508',
      n: 1.5,
      small: 42,
      text: '1',
    });
  });

  it('writes equal values equally, whatever the order of their keys', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: 2 }], a: null })).toBe(canonicalJson({ a: null, b: [1, { c: 2, d: 1 }] }));
  });
});

describe('distance', () => {
  it('is the great circle: New York to London is 5,570 km', () => {
    const km = distanceKm({ latitude: 40.7128, longitude: -74.006 }, { latitude: 51.5074, longitude: -0.1278 });
    expect(km).toBeGreaterThan(5560);
    expect(km).toBeLessThan(5580);
  });
});
