import { describe, expect, it } from 'vitest';
import { ok } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { now } from '../../fixtures/now.ts';
import { liveWorld, publicationWorld, shop } from '../../fixtures/publication-world.ts';
import { availability, channelOf, worldOf } from '../../fixtures/world.ts';
import { recordOffers } from '../availability/record-offers.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('what is published', () => {
  it('is the product with what is otherwise on the channel, at its price, once', async () => {
    const world = publicationWorld();
    world.givenProduct('MUG', { title: 'Mug', brand: 'Acme', weightGrams: 350, parent: 'MUGS' });
    world.givenPrices('usual', 'MUG', [{ price: usd(1200) }]);
    await world.put('MUG', { intent: 'published', overrides: { title: 'The mug', category: '57990' } });
    expect(await world.state()).toBe('PUBLISHING');
    expect(world.wakes).toEqual([`${shop} listings ${now}`]);
    await world.stepAll();
    const content = { title: 'The mug', brand: 'Acme', weightGrams: 350, category: '57990' };
    const draft = { sku: 'MUG', parent: 'MUGS', content, price: { price: usd(1200) }, visibility: 'shown', ids: {} };
    expect(world.calls).toEqual([[draft]]);
    expect(await world.publication()).toMatchObject({ state: 'LIVE', publishedAt: now });
    expect(await world.publication()).not.toHaveProperty('dueAt');
  });

  it('gets the ids that the channel gives it, and is found by them', async () => {
    const world = publicationWorld();
    world.givenProduct('MUG');
    world.givenListing('MUG', 3, { variantId: '1' });
    world.answers(() => ok({ kind: 'live', ids: { listingId: '77', inventoryItemId: '5' } }));
    await world.put();
    await world.stepAll();
    expect(await world.ports.listing(shop, 'MUG')).toMatchObject({
      variantId: '1',
      listingId: '77',
      inventoryItemId: '5',
    });
    expect(await world.ports.skusOf(shop, { listingId: '77' })).toEqual(['MUG']);
    expect(await world.state()).toBe('LIVE');
  });

  it('is said again without a change, and told no more', async () => {
    const world = await liveWorld();
    const before = await world.publication();
    await world.put();
    await world.refresh('MUG');
    expect(await world.publication()).toEqual(before);
    expect(world.wakes).toEqual([]);
  });

  it.each([
    ['the product', (world: Awaited<ReturnType<typeof liveWorld>>) => world.givenProduct('MUG', { title: 'Cup' })],
    [
      'its price',
      (world: Awaited<ReturnType<typeof liveWorld>>) => world.givenPrices('usual', 'MUG', [{ price: usd(900) }]),
    ],
  ])('is told again when %s changes, however often that is said', async (_, change) => {
    const world = await liveWorld();
    change(world);
    await world.refresh('MUG');
    expect(await world.state()).toBe('STALE');
    await world.refresh('MUG', 'MUG', 'NOPE');
    await world.stepAll();
    await world.refresh('MUG');
    expect(await world.state()).toBe('LIVE');
    expect(world.calls).toHaveLength(2);
    expect(world.shown.get('MUG')).toEqual(world.calls[1]?.[0]);
  });

  it('is told of a price when its period begins and ends, by itself', async () => {
    const world = await liveWorld();
    const [from, to] = [plusSeconds(now, 120), plusSeconds(now, 7200)];
    world.givenPrices('usual', 'MUG', [{ price: usd(1200) }]);
    world.givenPrices('sale', 'MUG', [{ price: usd(900), compareAt: usd(1200), from, to }], 9);
    await world.refreshAll();
    await world.stepAll();
    expect(await world.publication()).toMatchObject({ state: 'LIVE', dueAt: from });
    expect(await world.step()).toEqual({ answered: 0, next: from });
    world.later(120);
    await world.stepAll();
    expect(world.shown.get('MUG')?.price).toEqual({ price: usd(900), compareAt: usd(1200) });
    expect(await world.publication()).toMatchObject({ state: 'LIVE', dueAt: to });
    expect(await world.step(), 'in two hours: nobody waits').toEqual({ answered: 0 });
    world.later(7200);
    await world.stepAll();
    expect(world.shown.get('MUG')?.price).toEqual({ price: usd(1200) });
    expect(await world.publication()).not.toHaveProperty('dueAt');
  });

  it('is taken off, and nothing of it matters then', async () => {
    const world = await liveWorld();
    await world.put('MUG', { intent: 'unpublished' });
    await world.stepAll();
    expect(world.shown.get('MUG')?.visibility).toBe('gone');
    world.givenProduct('MUG', { title: 'Cup' });
    await world.refresh('MUG');
    expect(await world.state()).toBe('UNPUBLISHED');
    await world.put();
    await world.stepAll();
    expect(world.shown.get('MUG')).toMatchObject({ visibility: 'shown', content: { title: 'Cup' } });
  });

  it('is a draft until it is wanted, and none while the channel has it', async () => {
    const world = publicationWorld();
    await world.put('MUG', { intent: 'draft' });
    await world.put('MUG', { intent: 'draft', overrides: { title: 'Mug' } });
    await world.stepAll();
    expect(world.calls).toEqual([]);
    await world.put('MUG', { intent: 'unpublished' });
    expect(await world.publication()).toMatchObject({ state: 'UNPUBLISHED' });
    await world.put('MUG', { intent: 'published', overrides: { title: 'Mug' } });
    expect(await world.put('MUG', { intent: 'draft' })).toMatchObject({ refusal: { code: 'state-conflict' } });
  });
});

describe('what is sold out', () => {
  it('is hidden where the rule says so, and shown again', async () => {
    const world = await liveWorld();
    world.givenChannel({ hideWhenSoldOut: true });
    world.givenListing('MUG', 0);
    await world.refreshAll();
    await world.stepAll();
    expect(await world.state()).toBe('HIDDEN');
    expect(world.shown.get('MUG')?.visibility).toBe('hidden');
    world.givenListing('MUG', 2);
    await world.refresh('MUG');
    await world.stepAll();
    expect(await world.state()).toBe('LIVE');
    world.givenListing('MUG', 0);
    await world.put('MUG', { intent: 'published', hideWhenSoldOut: false });
    expect(await world.state(), 'it has its own rule').toBe('LIVE');
  });

  it('is due in the transaction that records it, and not where nothing is hidden', async () => {
    const channel = channelOf({
      channelId: shop,
      type: 'webhook',
      endpoint: { kind: 'webhook', url: 'https://shop.example' },
    });
    const { store, ports, lanes } = worldOf(channel);
    const publication = { channelId: shop, intent: 'published', state: 'LIVE', version: 1, updatedAt: now } as const;
    store.given('publication', { ...publication, sku: 'MUG', hideWhenSoldOut: true }, { ...publication, sku: 'CUP' });
    const record = recordOffers(ports, { now: () => now });
    await record([availability('MUG', 1, 5), availability('CUP', 1, 0)]);
    expect(store.all('publication').map(({ state }) => state)).toEqual(['LIVE', 'LIVE']);
    await record([availability('MUG', 2, 0)]);
    expect(await store.get('publication', { channelId: shop, sku: 'MUG' })).toMatchObject({
      state: 'STALE',
      dueAt: now,
    });
    expect(lanes.lane(shop, 'listings')?.asked).toBe(1);
  });
});
