import { describe, expect, it } from 'vitest';
import { channelTypes } from '../../../../shared/contracts/network/channel-types.ts';
import { sellsOtherwise, walkOfChannel } from '../../../../shared/model/network/channel-walk.ts';
import { connectors } from '../../connectors/index.ts';
import { channelOf } from '../../fixtures/world.ts';

describe('a channel that is resumed, or sells by other settings', () => {
  it.each(channelTypes.filter((type) => type !== 'webhook'))(
    'is told anew without an endpoint where its type is told of stock: %s',
    (type) => {
      const { tell } = walkOfChannel(channelOf({ channelId: 'one', type }), undefined);
      expect(tell).toBe(connectors[type].availability === undefined ? undefined : 'online');
    },
  );

  it('is told anew at its endpoint, also at one that it had before', () => {
    const without = channelOf({ channelId: 'one', type: 'webhook' });
    const endpoint = { kind: 'webhook', url: 'https://shop.example.com/stock' } as const;
    expect(walkOfChannel(without, undefined)).not.toHaveProperty('tell');
    expect(walkOfChannel({ ...without, endpoint }, undefined)).toMatchObject({ tell: 'online' });
    expect(walkOfChannel(without, { ...without, endpoint })).toMatchObject({ tell: 'online' });
  });
});

describe('a channel that is connected by settings alone', () => {
  const shop = channelOf({ channelId: 'one', type: 'shopify', settings: { apiUrl: 'https://shop.example.com' } });

  it.each([
    ['another buffer', { buffer: 4 }],
    ['that it sells no more', { active: false }],
    ['stock by location', { stockByLocation: true }],
    ['another place', { moves: 1 }],
  ])('sells otherwise with %s, and is told', (_what, other) => {
    const after = { ...shop, ...other };
    expect(sellsOtherwise(shop, after)).toBe(true);
    expect(walkOfChannel(after, shop)).toEqual({ walkId: 'channel-one', tell: 'online' });
  });

  it('does not with what changes nothing of that', () => {
    expect(sellsOtherwise(shop, { ...shop, name: 'Shop', settings: {}, version: 2, locations: { '1': 'x' } })).toBe(
      false,
    );
  });
});
