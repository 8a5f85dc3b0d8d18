import { describe, expect, it } from 'vitest';
import { create } from '../../../shared/model/changes.ts';
import { conversionOf } from '../../../shared/model/stock/conversion.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { aPlaceCall, countersOf, given, holdWorld, mug } from '../testing/hold-world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { changeHold } from './change-hold.ts';
import { placeHold } from './place-hold.ts';
import { releaseHold } from './release-hold.ts';

/** Five mugs, of which three are set apart for the webshop; its buffer keeps back one of the others. */
async function world() {
  const store = await holdWorld({ fenced: true, buffer: 1 });
  await given.fence(store, mug, 3);
  const ports = memoryPorts(store);
  const call = { holdId: 'hold_1', now: testNow, actor: 'checkout' };
  return {
    store,
    place: (quantity: number, holdId = 'hold_1') =>
      placeHold(ports)(aPlaceCall({ holdId, lines: [{ sku: mug, quantity }] })),
    change: (quantity: number) => changeHold(ports)({ ...call, lines: [{ sku: mug, quantity }] }),
    release: () => releaseHold(ports)(call),
    hold: () => store.get('stockHold', call),
    share: () => store.shareOf(mug, 'online', 'webshop'),
  };
}

describe("a channel's ring-fence", () => {
  it('is held first, and what is given back goes back to it', async () => {
    const { store, place, change, release, hold, share } = await world();
    expect(await place(4)).toMatchObject({ ok: true, value: { lines: [{ sku: mug, quantity: 4 }] } });
    expect(await hold()).toMatchObject({ lines: [{ quantity: 4, fenced: 3 }] });
    expect(await countersOf(store, mug)).toMatchObject({ ats: 1, held: 4 });
    expect(await share()).toMatchObject({ fenced: 0 });

    expect(await change(2)).toMatchObject({ ok: true });
    expect(await hold()).toMatchObject({ lines: [{ quantity: 2, fenced: 2 }] });
    expect(await countersOf(store, mug)).toMatchObject({ ats: 2, held: 2 });
    expect(await change(4)).toMatchObject({ ok: true });
    expect(await hold()).toMatchObject({ lines: [{ quantity: 4, fenced: 3 }] });

    expect(await change(5)).toMatchObject({ refusal: { code: 'insufficient-stock', facts: { short: [{ left: 0 }] } } });
    await release();
    expect(await countersOf(store, mug)).toMatchObject({ ats: 2, held: 0 });
    expect(await share()).toMatchObject({ fenced: 3, consumed: 0 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is held by two checkouts at once as far as it goes', async () => {
    const { store, place, share } = await world();
    const placed = await Promise.all([place(2, 'hold_1'), place(2, 'hold_2'), place(2, 'hold_3')]);
    expect(placed.filter(({ ok }) => ok)).toHaveLength(2);
    expect(await share()).toMatchObject({ fenced: 0 });
    expect(await countersOf(store, mug)).toMatchObject({ ats: 1, held: 4 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is consumed when the hold becomes an order, and the surplus goes back to it', async () => {
    const { store, place, hold, share } = await world();
    await place(3);
    const order = anOrder({ lines: [{ sku: mug, quantity: 2 }] });
    const found = await hold();
    if (found === undefined) throw new Error('the hold is gone');
    const act = { orderId: order.orderId, wanted: order.lines, now: testNow, actor: 'checkout' };
    const { stock, hold: ended } = conversionOf(found, act);
    expect(await store.commit([...stock, create('order', order), ...(ended ? [ended] : [])])).toEqual({ ok: true });
    expect(await share()).toMatchObject({ fenced: 1, consumed: 2 });
    expect(await countersOf(store, mug)).toMatchObject({ ats: 2, held: 0, reserved: 2 });
    expect(violatedIdentities(store)).toEqual([]);
  });
});
