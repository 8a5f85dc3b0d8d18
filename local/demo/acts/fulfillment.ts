import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import {
  acceptFulfillmentOrder,
  deliverFulfillmentOrder,
  packFulfillmentOrder,
  pickFulfillmentOrder,
  shipFulfillmentOrder,
} from '../../../shared/contracts/fulfillment/apis.ts';
import { readOrder } from '../../../shared/contracts/orders/apis.ts';
import { type Scene } from '../scene.ts';
import { stockBecomes, stockStays } from '../settle-stock.ts';
import { released } from './released.ts';
import { parcelReachesShopify } from './told.ts';

const trackingNumber = '1Z999AA10123456784';

/** The warehouse accepts, picks, packs and ships; the carrier delivers. */
export async function fulfill(scene: Scene, orderId: string, fulfillmentOrderId: string): Promise<void> {
  const { api, names, teller } = scene;
  const params = { fulfillmentOrderId };
  teller.step('The warehouse accepts, picks and packs. The units stay allocated: nobody else can have them.');
  await released(scene, fulfillmentOrderId);
  tell(scene, 'RELEASED', mustSucceed(await api(acceptFulfillmentOrder, { params, body: {} })), 'ACCEPTED');
  tell(scene, 'ACCEPTED', mustSucceed(await api(pickFulfillmentOrder, { params, body: {} })), 'PICKED');
  tell(scene, 'PICKED', mustSucceed(await api(packFulfillmentOrder, { params, body: {} })), 'PACKED');
  await orderIs(scene, orderId, 'IN_FULFILLMENT');
  await stockStays(scene);

  teller.step(`The parcel leaves with UPS ${trackingNumber}: now the units are off the shelf.`);
  const parcel = {
    carrier: 'UPS',
    service: 'Ground',
    trackingNumber,
    trackingUrl: `https://www.ups.com/track?tracknum=${trackingNumber}`,
  };
  tell(scene, 'PACKED', mustSucceed(await api(shipFulfillmentOrder, { params, body: parcel })), 'SHIPPED');
  await orderIs(scene, orderId, 'FULFILLED');
  await parcelReachesShopify(scene, trackingNumber);
  await stockBecomes(scene, [
    { sku: names.tee.sku, where: names.newark, counts: { onHand: 8, allocated: 0, free: 8 } },
    { sku: names.mug.sku, where: names.newark, counts: { onHand: 4, allocated: 0, free: 4 } },
    { sku: names.tee.sku, where: names.pool, counts: { ats: 16 } },
  ]);

  teller.step('The carrier hands it over.');
  tell(scene, 'SHIPPED', mustSucceed(await api(deliverFulfillmentOrder, { params, body: {} })), 'DELIVERED');
  await orderIs(scene, orderId, 'COMPLETED');
  await stockStays(scene);
}

function tell({ teller }: Scene, before: string, { state }: { readonly state: string }, expected: string): void {
  teller.change('fulfillment order', before, state);
  teller.expect(`the fulfillment order is ${expected}`, state === expected);
}

async function orderIs({ api, teller }: Scene, orderId: string, status: string): Promise<void> {
  let seen = '';
  await teller.until(
    `the order is ${status}`,
    async () => {
      seen = mustSucceed(await api(readOrder, { params: { orderId } })).status;
      return seen === status ? seen : undefined;
    },
    () => seen,
  );
  teller.fact('order', status);
}
