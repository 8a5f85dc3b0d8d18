import { expect, it } from 'vitest';
import { channelTypes, takesPrices } from '../../../../shared/contracts/network/channel-types.ts';
import { worldOf } from '../../fixtures/world.ts';

it('types take products and prices from us where their connector can tell them', () => {
  const { ports } = worldOf();
  const told = channelTypes.filter((type) => ports.connectorOf(type).listings !== undefined);
  expect(channelTypes.filter(takesPrices)).toEqual(told);
});
