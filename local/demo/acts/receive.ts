import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { receiveStock } from '../../../shared/contracts/stock/apis.ts';
import { type Scene } from '../scene.ts';
import { stockBecomes } from '../settle-stock.ts';

/** Goods come in at three places; both shops are told. */
export async function receiveGoods(scene: Scene): Promise<void> {
  const { names, teller } = scene;
  const { tee, mug, store, newark, columbus, pool } = names;
  teller.step('Goods come in. What the pool can sell (ATS) rises in the same transactions, and both shops are told.');
  await receive(scene, store, [4, 2]);
  await receive(scene, newark, [10, 5]);
  await receive(scene, columbus, [6, 0]);
  await stockBecomes(scene, [
    { sku: tee.sku, where: store, counts: { onHand: 4, free: 4 } },
    { sku: tee.sku, where: pool, counts: { ats: 20, reserved: 0 } },
    { sku: mug.sku, where: pool, counts: { ats: 7, reserved: 0 } },
  ]);
}

async function receive(
  { api, names }: Scene,
  location: string,
  [tees, mugs]: readonly [number, number],
): Promise<void> {
  const lines = [
    { sku: names.tee.sku, quantity: tees },
    { sku: names.mug.sku, quantity: mugs },
  ].filter(({ quantity }) => quantity > 0);
  mustSucceed(await api(receiveStock, { body: { location, reference: `delivery-note-${location}`, lines } }));
}
