import { expect, it } from 'vitest';
import { ok } from '../../../../shared/kernel/result.ts';
import { now } from '../../fixtures/now.ts';
import { liveWorld, shop } from '../../fixtures/publication-world.ts';
import { putListing } from '../listings/put-listing.ts';
import { takeOutListing } from '../listings/take-out.ts';
import { putOne } from './put-publications.ts';

const key = { channelId: shop, sku: 'MUG' };

/** A mug that is live, whose listing can be taken out and put. */
async function listedWorld() {
  const world = await liveWorld();
  const put = () => putListing(world.ports)(key, { listingId: '9' }, { now, actor: 'ops' });
  await put();
  const visibility = () => world.shown.get('MUG')?.visibility;
  return { ...world, put, visibility, take: () => takeOutListing(world.ports)(key, { now, goneAtChannel: false }) };
}

it('what is published of a listing that is taken out is taken off, and shown again when it is put again', async () => {
  const world = await listedWorld();
  await world.take();
  expect(world.wakes).toContain(`${shop} listings`);
  await world.stepAll();
  expect([world.visibility(), await world.state()]).toEqual(['gone', 'UNPUBLISHED']);
  expect(world.shown.get('MUG')?.ids, 'it is found there by its ids').toEqual({ listingId: '9' });
  world.givenProduct('MUG', { title: 'Cup' });
  await world.refresh('MUG');
  await world.stepAll();
  expect(await world.state(), 'whatever changes of it meanwhile').toBe('UNPUBLISHED');
  world.wakes.length = 0;
  await world.put();
  expect(world.wakes).toEqual([`${shop} listings`]);
  await world.stepAll();
  expect([world.visibility(), await world.state()]).toEqual(['shown', 'LIVE']);
  expect(world.shown.get('MUG')?.content.title).toBe('Cup');
});

it('a call that shows it, and is on its way, is followed by one that takes it off', async () => {
  const world = await listedWorld();
  world.givenProduct('MUG', { title: 'Cup' });
  await world.refresh('MUG');
  let isFirst = true;
  world.answers(async () => {
    if (isFirst) await world.take();
    isFirst = false;
    return ok({ kind: 'live', ids: { listingId: '10' } });
  });
  await world.stepAll();
  expect([world.visibility(), await world.state()]).toEqual(['gone', 'UNPUBLISHED']);
  expect(await world.ports.listing(shop, 'MUG'), 'a late answer does not bring it back').toMatchObject({
    out: { state: 'OUT' },
    listingId: '9',
  });
});

it('what was taken out is not published: its listing is to be put first', async () => {
  const world = await listedWorld();
  await world.take();
  const other = { intent: 'published', overrides: { title: 'Mug!' } } as const;
  expect(await putOne(world.ports)(shop, { sku: 'MUG', ...other }, now)).toMatchObject({
    refusal: {
      code: 'invalid-request',
      detail: expect.stringContaining('PUT /v1/channels/shop/listings/MUG') as unknown,
    },
  });
  expect(await putOne(world.ports)(shop, { sku: 'MUG', intent: 'unpublished' }, now)).toMatchObject({ ok: true });
});

it.each([0, 1])('a crash at commit %i leaves nothing half done', async (commits) => {
  const world = await listedWorld();
  world.crashAfter(commits);
  await world.take().catch(() => undefined);
  world.crashAfter();
  const listing = await world.ports.listing(shop, 'MUG');
  expect(await world.state()).toBe(listing?.out === undefined ? 'LIVE' : 'STALE');
  await world.take();
  await world.stepAll();
  expect([world.visibility(), await world.state()]).toEqual(['gone', 'UNPUBLISHED']);
});
