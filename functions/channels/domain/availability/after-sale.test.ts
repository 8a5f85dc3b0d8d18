import { expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Terms } from '../../../../shared/model/stock/counters.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { availability } from '../../fixtures/world.ts';
import { tellAfterSale } from './after-sale.ts';

const cause = { operation: 'capture', reference: 'order', actor: 'test', at: now };

/** The pool has 100 of A, of which the channel shows what its terms say. */
async function market(terms?: Omit<Terms, 'rules'>) {
  const world = laneWorld();
  const key = { level: 'pool', sku: 'A', pool: 'online' } as const;
  const ruled = terms && { terms: { [shop]: { ...terms, rules: [] } } };
  const moves = (ats: number) =>
    world.store.commit([{ kind: 'stock', key, add: { ats }, mayCreate: true, ...(ruled && { set: ruled }), cause }]);
  const news = async () => {
    const [pool] = world.store.stock().pools;
    const message = availability('A', pool?.version ?? 0, pool?.ats ?? 0);
    await world.record([{ ...message, data: { ...message.data, ...ruled } }]);
  };
  await moves(100);
  await news();
  await world.settle(2);
  const tell = tellAfterSale(world.ports);
  /** One is sold there: the channel counts down, and the order is captured. */
  const sells = async (lines: Parameters<typeof tell>[0]['data']['lines'] = [{ sku: 'A' }]) => {
    world.shown.set('A', (world.shown.get('A') ?? 0) - 1);
    world.advance(1);
    await moves(-1);
    return { time: world.clock.now(), data: { channelId: shop, lines } };
  };
  const quantities = () => world.calls.flat().map(({ quantity }) => quantity);
  return { ...world, moves, news, sells, tell, quantities };
}

it('a channel that may show as much as before is told again, once, whichever comes first', async () => {
  for (const isNewsFirst of [true, false]) {
    const world = await market({ buffer: 0, sharePercent: 100, cap: 5 });
    // A kit is captured as its parts, and counted down as itself.
    const sale = await world.sells(isNewsFirst ? undefined : [{ sku: 'PART', kit: { sku: 'A' } }]);
    if (isNewsFirst) await world.news();
    await world.tell(sale, world.clock.now());
    expect((await world.listing())?.offer?.due?.urgency).toBe('rise');
    if (!isNewsFirst) await world.news();
    await world.settle(2);
    await world.tell(sale, world.clock.now());
    await world.settle(2);
    expect(world.shown.get('A')).toBe(5);
    expect(world.calls.map(([offer]) => [offer?.quantity, offer?.previous])).toEqual([
      [5, undefined],
      [5, undefined],
    ]);
  }
});

it('one that is, or was, told of the sale anyway is not told again', async () => {
  for (const isToldFirst of [true, false]) {
    const world = await market();
    const sale = await world.sells();
    if (isToldFirst) {
      await world.news();
      await world.settle(2);
    }
    await world.tell(sale, plusSeconds(now, 3600));
    if (!isToldFirst) await world.news();
    await world.settle(2);
    expect(world.quantities()).toEqual([100, 99]);
  }
});

it('what came in meanwhile makes up for what was sold, and is told', async () => {
  const world = await market();
  const sale = await world.sells();
  await world.moves(1);
  await world.news();
  await world.settle(2);
  expect(world.shown.get('A')).toBe(99);
  await world.tell(sale, world.clock.now());
  await world.settle(2);
  expect(world.shown.get('A')).toBe(100);
});

it('nothing is told of what is not listed, and nothing to a channel that is paused', async () => {
  const world = await market({ buffer: 0, sharePercent: 100, cap: 5 });
  await world.tell(await world.sells([{ sku: 'B' }, { sku: 'A', kit: { sku: 'B' } }]), world.clock.now());
  const channel = await world.ports.channel(shop);
  if (channel) world.store.given('channel', { ...channel, paused: true, version: 2 });
  await world.tell(await world.sells(), world.clock.now());
  await world.settle(2);
  expect(world.quantities()).toEqual([5]);
});
