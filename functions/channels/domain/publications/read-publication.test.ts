import { expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { now } from '../../fixtures/now.ts';
import { publicationWorld, shop } from '../../fixtures/publication-world.ts';
import { readPublication, retryPublication } from './read-publication.ts';

const key = { channelId: shop, sku: 'MUG' };
const usd = (amount: number) => ({ amount, currency: 'USD' });

it('a publication is read with the price that holds, its list, and until when', async () => {
  const world = publicationWorld();
  world.givenProduct('MUG');
  await world.put();
  const read = readPublication(world.ports);
  const before = await read(key, now);
  expect(before.ok && before.value).not.toHaveProperty('price');
  const until = plusSeconds(now, 3600);
  world.givenPrices('usual', 'MUG', [{ price: usd(1200) }]);
  world.givenPrices('sale', 'MUG', [{ price: usd(900), compareAt: usd(1200), from: now, to: until }], 10);
  expect(await read(key, now)).toMatchObject({
    value: { price: { ...usd(900), compareAt: usd(1200), priceListId: 'sale', until } },
  });
  const after = await read(key, until);
  expect(after.ok && after.value.price).toEqual({ ...usd(1200), priceListId: 'usual' });
  await world.put('MUG', { intent: 'unpublished' });
  const off = await read(key, until);
  expect(off).toMatchObject({ value: { intent: 'unpublished' } });
  expect(off.ok && off.value).not.toHaveProperty('price');
  await world.put('MUG', { intent: 'published' });
  expect(await read(key, until)).toHaveProperty('value.price');
  world.givenListing('MUG', 3, { out: { state: 'LEAVING', since: now } });
  expect(await read(key, until)).not.toHaveProperty('value.price');
});

it('one that is not there is put by the call that is named', async () => {
  const world = publicationWorld();
  expect(await readPublication(world.ports)(key, now)).toMatchObject({
    refusal: {
      code: 'not-found',
      detail: expect.stringContaining(`PUT /v1/channels/${shop}/publications/MUG`) as string,
    },
  });
});

it('while it waits it says why it fails now, not why it was rejected before', async () => {
  const world = publicationWorld();
  world.givenProduct('MUG');
  world.answers(() => ok({ kind: 'rejected', reasons: ['The brand is missing.'] }));
  await world.put();
  await world.stepAll();
  world.answers(() => refuse('provider-unavailable', 'The channel is down.'));
  const retried = await retryPublication(world.ports)(key, { now });
  expect(retried.ok && retried.value).not.toHaveProperty('reasons');
  await world.step();
  const waiting = await readPublication(world.ports)(key, now);
  expect(waiting).toMatchObject({
    value: { state: 'PUBLISHING', failure: { at: now, detail: 'The channel is down.' } },
  });
  expect(waiting.ok && waiting.value).not.toHaveProperty('reasons');
  world.answers(() => ok({ kind: 'live' }));
  world.later(60);
  await world.stepAll();
  const live = await readPublication(world.ports)(key, now);
  expect(live).toMatchObject({ value: { state: 'LIVE' } });
  expect(live.ok && live.value).not.toHaveProperty('failure');
});
