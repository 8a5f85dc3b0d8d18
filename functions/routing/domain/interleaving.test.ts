import fc from 'fast-check';
import { expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { aNetwork, context, paidOrder, portsOn } from '../testing/paid-orders.ts';
import { routeOrder } from './route-order.ts';

it('whatever the interleaving of reads, commits and lost answers, each unit is allocated once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      async (scheduler, lost) => {
        const store = await aNetwork({
          boston: { postalCode: '02108', stock: { TEE: 3, CAP: 1 } },
          seattle: { postalCode: '98101', stock: { TEE: 2, CAP: 3 } },
        });
        const orders = [];
        for (const number of [1, 2, 3, 4])
          orders.push(
            await paidOrder(store, number, [
              { sku: 'TEE', quantity: 1 },
              { sku: 'CAP', quantity: 1 },
            ]),
          );
        const ports = portsOn(store);
        const scheduled = {
          order: scheduler.scheduleFunction((orderId: string) => ports.order(orderId)),
          positionsOf: scheduler.scheduleFunction((sku: string) => ports.positionsOf(sku)),
          locations: () => ports.locations([]),
          commit: scheduler.scheduleFunction(async (...call: Parameters<typeof ports.commit>) => {
            const outcome = await ports.commit(...call);
            if (lost.pop() === true) throw new Error('the answer was lost');
            return outcome;
          }),
        };
        const runs = [...orders, ...orders].map(({ orderId }) =>
          routeOrder(scheduled)({ ...context, orderId }).catch(() => undefined),
        );
        await scheduler.waitFor(Promise.all(runs));
        for (const { orderId } of orders)
          expect(await routeOrder(ports)({ ...context, orderId })).toMatchObject({ ok: true });
        expect(
          store
            .all('order')
            .every(({ lines }) => lines.every(({ units }) => units.allocated === 1 && units.reserved === 0)),
        ).toBe(true);
        expect(violatedIdentities(store)).toEqual([]);
      },
    ),
    { numRuns: 50 },
  );
});
