import { expect, it } from 'vitest';
import { now } from '../fixtures/now.ts';
import { channelOf, worldOf } from '../fixtures/world.ts';
import { findSku } from './find-sku.ts';
import { putListing } from './listings/put-listing.ts';

it('of a line that has nothing but a SKU of the channel is the one that is listed under that text', async () => {
  const channel = channelOf({ channelId: 'partner', type: 'webhook' });
  const { ports } = worldOf(channel);
  expect(await findSku(ports, channel, { sku: 'MUG-BLU' })).toMatchObject({ among: [] });
  await putListing(ports)({ channelId: 'partner', sku: 'MUG-BLUE' }, { variantId: 'MUG-BLU' }, { now, actor: 'test' });
  expect(await findSku(ports, channel, { sku: ' MUG-BLU ' })).toEqual({ sku: 'MUG-BLUE' });
  expect(await findSku(ports, channel, { sku: 'MUG-BLU', variantId: 'V1' })).toMatchObject({ among: [] });
});
