import type * as z from 'zod';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { rejectFulfillmentOrder } from '../../../shared/contracts/fulfillment/apis.ts';
import { readTimeline } from '../../../shared/contracts/orders/apis.ts';
import { orderRouted } from '../../../shared/contracts/routing/events.ts';
import { type Scene } from '../scene.ts';
import { stockBecomes } from '../settle-stock.ts';
import { unitsOf } from '../words.ts';
import { released } from './released.ts';

type Routing = z.infer<typeof orderRouted.data>;

/** The order goes to the nearest place that has all of it. Gives the fulfillment order's id. */
export async function routeToStore(scene: Scene, orderId: string): Promise<string> {
  const { names, teller } = scene;
  const { tee, mug, store, pool } = names;
  teller.step('It is routed at once: one parcel, from the nearest place that has everything.');
  const work = await onlyParcel(scene, orderId, 1);
  teller.expect('the store has the work', work.location === store);
  await stockBecomes(scene, [
    { sku: tee.sku, where: store, counts: { onHand: 4, allocated: 2, free: 2 } },
    { sku: mug.sku, where: store, counts: { onHand: 2, allocated: 1, free: 1 } },
    { sku: tee.sku, where: pool, counts: { reserved: 0, ats: 18 } },
    { sku: mug.sku, where: pool, counts: { reserved: 0, ats: 6 } },
  ]);
  return work.fulfillmentOrderId;
}

/** The store cannot find the goods: they come off its books, and the order goes elsewhere. Gives the new fulfillment order's id. */
export async function rerouteToWarehouse(scene: Scene, orderId: string, fulfillmentOrderId: string): Promise<string> {
  const { api, names, teller } = scene;
  const { tee, mug, store, newark, pool } = names;
  teller.step(
    'The store looks and does not find them. It rejects: the units come off its books, and the order is routed anew.',
  );
  await released(scene, fulfillmentOrderId);
  const body = { reason: 'not-found' as const, note: 'shelf is empty, count was wrong' };
  const rejected = mustSucceed(await api(rejectFulfillmentOrder, { params: { fulfillmentOrderId }, body }));
  teller.change('store', 'RELEASED', rejected.state);
  teller.expect('the store has no more to do with it', rejected.state === 'REJECTED');
  const work = await onlyParcel(scene, orderId, 2);
  teller.expect('a warehouse has the work', work.location === newark);
  await stockBecomes(scene, [
    { sku: tee.sku, where: store, counts: { onHand: 2, allocated: 0, free: 2 } },
    { sku: mug.sku, where: store, counts: { onHand: 1, allocated: 0, free: 1 } },
    { sku: tee.sku, where: newark, counts: { onHand: 10, allocated: 2, free: 8 } },
    { sku: mug.sku, where: newark, counts: { onHand: 5, allocated: 1, free: 4 } },
    { sku: tee.sku, where: pool, counts: { reserved: 0, ats: 16 } },
    { sku: mug.sku, where: pool, counts: { reserved: 0, ats: 5 } },
  ]);
  return work.fulfillmentOrderId;
}

/** The n-th routing of the order: tells where and why. */
async function onlyParcel(
  { api, teller, names }: Scene,
  orderId: string,
  nth: number,
): Promise<Routing['fulfillmentOrders'][number]> {
  const routing = await teller.until(`routing ${nth} of the order`, async () => {
    const { timeline } = mustSucceed(await api(readTimeline, { params: { orderId } }));
    const routed = timeline.filter(({ type }) => type === orderRouted.type)[nth - 1];
    return routed && orderRouted.data.parse(routed.data);
  });
  const [parcel, ...others] = routing.fulfillmentOrders;
  if (parcel === undefined || others.length > 0)
    throw new Error(`expected one parcel, not ${routing.fulfillmentOrders.length}`);
  const { rule, plansCompared, excluded } = routing.explanation;
  teller.fact('routed to', `${parcel.location}, ${parcel.distanceKm ?? '?'} km: ${unitsOf(parcel.lines)}`);
  teller.fact('why', `${rule} (${plansCompared} plan${plansCompared === 1 ? '' : 's'} compared)`);
  for (const { location, reason } of excluded) teller.fact('not from', `${location}: ${reason}`);
  if (nth > 1)
    teller.expect(
      'the plan says why not the store',
      excluded.some(({ location }) => location === names.store),
    );
  return parcel;
}
