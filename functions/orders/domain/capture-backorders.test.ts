import { describe, expect, it } from 'vitest';
import { type BackorderPolicy } from '../../../shared/model/network/product.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Supply } from '../../../shared/model/stock/supply.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { aProduct, input, now, shop } from '../testing/shop.ts';
import { cancelOrder } from './cancel-order.ts';

const eta = '2026-12-01T12:00:00.000Z';

async function soldOut(policy: Partial<BackorderPolicy> | undefined, channel: Partial<Channel> = {}, toCome = 0) {
  const made = await shop({ TEE: 1 }, channel);
  const backorder: BackorderPolicy = { mode: 'backorder', limit: 5, onlyAgainstSupply: false, ...policy };
  if (policy !== undefined) made.store.given('product', aProduct('TEE', { backorder }));
  const supply: Supply = {
    sku: 'TEE',
    location: 'wh',
    pool: 'online',
    reference: 'PO-1',
    kind: 'purchase-order',
    quantity: toCome,
    received: 0,
    eta,
    confidence: 'confirmed',
    state: 'OPEN',
    version: 1,
    updatedAt: now,
    events: [],
  };
  if (toCome > 0) made.store.given('supply', supply);
  return made;
}
const short = { ok: false, refusal: { code: 'insufficient-stock', facts: { short: [{ wanted: 3, left: 1 }] } } };

describe('capturing what is not there', () => {
  it('is refused where the product says nothing', async () => {
    const { store, capture } = await soldOut(undefined);
    expect(await capture(input('1', [['TEE', 3]]))).toMatchObject(short);
    expect(store.all('backorder')).toEqual([]);
  });

  it('waits as far as the product allows, in each pool', async () => {
    const { store, capture, calls, pool } = await soldOut({ limit: 5 });
    expect(await capture(input('1', [['TEE', 3]]))).toMatchObject({
      ok: true,
      value: { status: 'BACKORDERED', lines: [{ reserved: 0, backordered: 3 }] },
    });
    expect(calls()).toEqual(['channel', 'commit', 'product', 'supplies', 'commit']);
    expect(await capture(input('2', [['TEE', 3]]))).toMatchObject(short);
    expect(await capture(input('3', [['TEE', 2]]))).toMatchObject({ ok: true });
    expect(pool('TEE')).toMatchObject({ ats: 1, backordered: 5 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is promised against what is to come, first come first, and says so', async () => {
    const { store, capture } = await soldOut({ onlyAgainstSupply: true }, {}, 4);
    expect(await capture(input('1', [['TEE', 3]]))).toMatchObject({
      ok: true,
      value: { lines: [{ backordered: 3, promisedFor: eta }] },
    });
    expect(await capture(input('2', [['TEE', 3]])), 'one is left to promise').toMatchObject(short);
    expect(store.all('backorder')).toMatchObject([
      { promisedFor: eta, firstPromisedFor: eta, promises: [{ reference: 'PO-1', quantity: 3 }] },
    ]);
    expect(store.all('order')).toMatchObject([{ lines: [{ promisedFor: eta }] }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('promises no unit of a supply twice, however many orders come at once', async () => {
    const { store, capture } = await soldOut({ limit: 100, onlyAgainstSupply: true }, {}, 6);
    const captured = await Promise.all(Array.from({ length: 8 }, (_, id) => capture(input(String(id), [['TEE', 2]]))));
    expect(captured.filter(({ ok }) => ok)).toHaveLength(3);
    expect(store.all('backorder').flatMap(({ promises }) => promises)).toHaveLength(3);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('keeps a pre-order until its launch', async () => {
    const launch = '2026-12-24T00:00:00.000Z';
    const { store, ports, capture } = await soldOut({ mode: 'preorder', availableFrom: launch }, {}, 9);
    const captured = await capture(input('1', [['TEE', 3]]));
    expect(captured).toMatchObject({ ok: true, value: { lines: [{ promisedFor: launch }] } });
    expect(store.all('order')).toMatchObject([{ holds: [{ reason: 'PREORDER' }] }]);
    expect(store.all('preorder')).toMatchObject([{ until: launch }]);
    const orderId = captured.ok ? captured.value.orderId : '';
    await cancelOrder(ports)({ orderId, reason: 'x', now, actor: 'test' });
    expect(store.all('preorder')).toEqual([]);
  });

  it('takes all that a channel has sold already, promised as far as supply goes, and forgets it at a cancel', async () => {
    const { store, ports, capture, pool } = await soldOut({ limit: 1 }, { onShortage: 'backorder' }, 4);
    await capture(input('1', [['TEE', 3]]));
    const captured = await capture(input('2', [['TEE', 3]]));
    expect(captured).toMatchObject({ ok: true, value: { lines: [{ backordered: 3 }] } });
    expect(pool('TEE')).toMatchObject({ ats: 1, backordered: 6 });
    const orderId = captured.ok ? captured.value.orderId : '';
    await cancelOrder(ports)({ orderId, reason: 'x', now, actor: 'test' });
    expect(pool('TEE')).toMatchObject({ ats: 1, backordered: 3 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('may be of a SKU that nobody ever had', async () => {
    const { store, capture, pool } = await soldOut(undefined);
    store.given('product', aProduct('NEW', { backorder: { mode: 'preorder', limit: 3, onlyAgainstSupply: false } }));
    expect(await capture(input('1', [['NEW', 3]]))).toMatchObject({ ok: true, value: { status: 'BACKORDERED' } });
    expect(pool('NEW')).toMatchObject({ backordered: 3 });
    expect(await capture(input('2', [['NEW', 1]]))).toMatchObject({ ok: false });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is refused with what is left, at once, when others have just taken the last places in the queue', async () => {
    const { store, ports, capture, calls } = await soldOut({ limit: 5 });
    const { commit } = ports;
    let tries = 0;
    ports.commit = async (...call) => {
      if ((tries += 1) === 2) await capture(input('faster', [['TEE', 3]]));
      return commit(...call);
    };
    calls();
    expect(await capture(input('1', [['TEE', 3]]))).toMatchObject(short);
    expect(calls().filter((call) => call === 'commit').length).toBeLessThan(8);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('takes units that came while it was being written', async () => {
    const { store, ports, capture, receive } = await soldOut({});
    const { commit } = ports;
    let tries = 0;
    ports.commit = async (...call) => {
      if ((tries += 1) === 2) await receive('TEE', 5);
      return commit(...call);
    };
    expect(await capture(input('1', [['TEE', 3]]))).toMatchObject({ ok: true, value: { lines: [{ reserved: 3 }] } });
    expect(violatedIdentities(store)).toEqual([]);
  });
});
