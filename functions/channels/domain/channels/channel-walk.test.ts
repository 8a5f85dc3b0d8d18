import { describe, expect, it } from 'vitest';
import { channelTypes } from '../../../../shared/contracts/network/channel-types.ts';
import { walkOfChannel } from '../../../../shared/model/network/channel-walk.ts';
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
