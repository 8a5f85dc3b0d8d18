import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { fulfillmentWaits } from '../../../shared/model/waits.ts';
import { releaseFulfillmentOrder } from './release.ts';
import { takeBackFulfillmentOrder } from './take-back.ts';
import { callFor, operations, portsOn, workIn } from '../testing/client.ts';

const context = { now: '2026-11-22T12:00:00.000Z', actor: 'fulfillment process' };
const work = (store: ReturnType<typeof memoryStore>) => store.all('fulfillmentOrder')[0];
const order = (store: ReturnType<typeof memoryStore>) => store.all('order')[0];

describe('release', () => {
  it('tells the location once and keeps the token in the same write', async () => {
    const store = memoryStore();
    const fulfillmentOrderId = await workIn(store, 'ALLOCATED');
    const release = releaseFulfillmentOrder(portsOn(store));
    expect(await release({ ...context, fulfillmentOrderId, taskToken: 'a' })).toEqual({ ok: true, value: {} });
    expect(work(store)).toMatchObject({
      state: 'RELEASED',
      wait: { taskToken: 'a', until: 'left' },
      events: [{ type: 'FulfillmentOrderReleased.v1' }],
    });
    expect(await release({ ...context, fulfillmentOrderId, taskToken: 'b' })).toEqual({ ok: true, value: {} });
    expect(work(store)).toMatchObject({
      state: 'RELEASED',
      wait: { taskToken: 'b', until: 'left' },
      events: [],
      version: 3,
    });
  });

  it.each(['ACCEPTED', 'PACKED', 'SHIPPED', 'DELIVERED', 'REJECTED', 'CANCELLED'] as const)(
    'of %s work only registers the wait, which the stream answers',
    async (state) => {
      const store = memoryStore();
      const fulfillmentOrderId = await workIn(store, state);
      await releaseFulfillmentOrder(portsOn(store))({ ...context, fulfillmentOrderId, taskToken: 'late' });
      const now = work(store);
      expect(now).toMatchObject({ state, wait: { taskToken: 'late', until: 'left' }, events: [] });
      expect(now && fulfillmentWaits['left']?.(now)).toBeDefined();
    },
  );

  it('refuses an id that names nothing', async () => {
    const call = { ...context, fulfillmentOrderId: 'nonsense', taskToken: 'a' };
    expect(await releaseFulfillmentOrder(portsOn(memoryStore()))(call)).toMatchObject({
      ok: false,
      refusal: { code: 'not-found' },
    });
  });
});

describe('take back', () => {
  it('gives work that was never accepted to routing again', async () => {
    const store = memoryStore();
    const fulfillmentOrderId = await workIn(store, 'RELEASED');
    const takeBack = takeBackFulfillmentOrder(portsOn(store));
    expect(await takeBack({ ...context, fulfillmentOrderId })).toEqual({
      ok: true,
      value: { state: 'REJECTED', open: false },
    });
    expect(work(store)).toMatchObject({
      lines: [],
      events: [{ data: { reason: 'silent', stockEffect: 'none', complete: true } }],
    });
    expect(order(store)).toMatchObject({
      rejectedBy: [
        { sku: 'TEE', reason: 'silent' },
        { sku: 'CAP', reason: 'silent' },
      ],
      exceptions: [],
    });
    const before = [work(store), order(store)];
    expect(await takeBack({ ...context, fulfillmentOrderId })).toEqual({
      ok: true,
      value: { state: 'REJECTED', open: false },
    });
    expect([work(store), order(store)]).toEqual(before);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it.each(['ACCEPTED', 'PICKED', 'PACKED'] as const)(
    'of %s work raises one exception while it is open',
    async (state) => {
      const store = memoryStore();
      const fulfillmentOrderId = await workIn(store, state);
      const takeBack = takeBackFulfillmentOrder(portsOn(store));
      expect(await takeBack({ ...context, fulfillmentOrderId })).toEqual({ ok: true, value: { state, open: true } });
      const raised = order(store);
      expect(raised).toMatchObject({
        exceptions: [{ code: 'location-silent', facts: { fulfillmentOrderId, location: 'store-boston', state } }],
        events: [{ type: 'OrderExceptionRaised.v1', version: raised?.version, data: { code: 'location-silent' } }],
      });
      expect(await takeBack({ ...context, fulfillmentOrderId })).toEqual({ ok: true, value: { state, open: true } });
      expect(order(store)).toEqual(raised);
      await operations.ship(portsOn(store), callFor(fulfillmentOrderId));
      expect(order(store)?.exceptions).toMatchObject([
        { code: 'location-silent', resolvedAt: expect.any(String) as string },
      ]);
    },
  );

  it.each([
    ['ALLOCATED', true],
    ['SHIPPED', false],
    ['DELIVERED', false],
    ['CANCELLED', false],
  ] as const)('leaves %s work as it is (open: %s)', async (state, open) => {
    const store = memoryStore();
    const fulfillmentOrderId = await workIn(store, state);
    const before = [work(store), order(store)];
    expect(await takeBackFulfillmentOrder(portsOn(store))({ ...context, fulfillmentOrderId })).toEqual({
      ok: true,
      value: { state, open },
    });
    expect([work(store), order(store)]).toEqual(before);
  });

  it('refuses an id that names nothing', async () => {
    const call = { ...context, fulfillmentOrderId: 'nonsense' };
    expect(await takeBackFulfillmentOrder(portsOn(memoryStore()))(call)).toMatchObject({
      ok: false,
      refusal: { code: 'not-found' },
    });
  });
});
