import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { readOrder } from '../../../shared/contracts/orders/apis.ts';
import { createReturn, inspectReturn, readReturn, receiveReturn } from '../../../shared/contracts/returns/apis.ts';
import { type Scene } from '../scene.ts';
import { stockBecomes, stockStays } from '../settle-stock.ts';
import { dollars } from '../words.ts';
import { refundReachesShopify } from './told.ts';

/** Both tees come back to the store: one is sold again, one is damaged; the customer gets the money for both. */
export async function takeBack(scene: Scene, orderId: string): Promise<void> {
  const { api, names, teller } = scene;
  teller.step(
    'Both tees come back, to the store around the corner. Nothing is stock again before somebody has looked.',
  );
  const lineId = await lineOf(scene, orderId, names.tee.sku);
  const lines = [{ lineId, quantity: 2, reason: 'too small' }];
  const created = mustSucceed(await api(createReturn, { params: { orderId }, body: { location: names.store, lines } }));
  const params = { returnId: created.returnId };
  teller.fact('return', `${created.returnId}: ${created.state}`);
  const received = mustSucceed(await api(receiveReturn, { params, body: {} }));
  teller.change('return', created.state, received.state);
  teller.expect('the goods are counted in', received.state === 'RECEIVED');
  await stockStays(scene);
  await judge(scene, orderId, params, lineId);
}

async function judge(
  scene: Scene,
  orderId: string,
  params: { readonly returnId: string },
  lineId: string,
): Promise<void> {
  const { api, names, teller } = scene;
  teller.step(
    'One is as good as new and goes on the shelf, one is damaged and set apart. The refund follows by itself.',
  );
  const judged = [
    { lineId, quantity: 1, disposition: 'restock' as const },
    { lineId, quantity: 1, disposition: 'damaged' as const, note: 'seam torn' },
  ];
  const inspected = mustSucceed(await api(inspectReturn, { params, body: { lines: judged } }));
  teller.change('return', 'RECEIVED', inspected.state);
  teller.expect('both tees are to be refunded', inspected.refundMinor === 2 * names.tee.priceMinor);
  await refunded(scene, orderId, params, 2 * names.tee.priceMinor);
  await refundReachesShopify(scene, 2 * names.tee.priceMinor);
  await stockBecomes(scene, [
    { sku: names.tee.sku, where: names.store, counts: { onHand: 4, damaged: 1, free: 3 } },
    { sku: names.tee.sku, where: names.pool, counts: { ats: 17 } },
  ]);
}

async function refunded(
  { api, teller }: Scene,
  orderId: string,
  params: { readonly returnId: string },
  amount: number,
): Promise<void> {
  const settled = await teller.until('the return is settled', async () => {
    const { state } = mustSucceed(await api(readReturn, { params }));
    return state === 'SETTLED' ? state : undefined;
  });
  teller.change('return', 'INSPECTED', settled);
  const order = mustSucceed(await api(readOrder, { params: { orderId } }));
  const back = order.payments.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0);
  teller.expect('exactly both tees were refunded', back === amount && order.refunds.length === 1);
  teller.expect('the order says so', order.paymentStatus === 'part-refunded' && order.returnStatus === 'part-returned');
  teller.fact(
    'refund',
    `${dollars(back)} of ${dollars(order.totalMinor)}; the order is ${order.paymentStatus}, ${order.returnStatus}`,
  );
}

async function lineOf({ api }: Scene, orderId: string, sku: string): Promise<string> {
  const { lines } = mustSucceed(await api(readOrder, { params: { orderId } }));
  const line = lines.find((one) => one.sku === sku);
  if (line === undefined) throw new Error(`order ${orderId} has no line of ${sku}`);
  return line.lineId;
}
