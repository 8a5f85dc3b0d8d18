import { readStock } from '../../shared/contracts/stock/apis.ts';
import { type Scene } from './scene.ts';
import { type StockRow, type StockView } from './stock-rows.ts';

/** Reads positions and pools from the API, and the quantities that the two shops were told. */
export async function readStockView(scene: Scene): Promise<StockView> {
  const { tee, mug } = scene.names;
  const views = await Promise.all([tee, mug].map(({ sku }) => viewOf(scene, sku)));
  return views.flat();
}

async function viewOf({ api, names, shop, market }: Scene, sku: string): Promise<StockRow[]> {
  const answer = await api(readStock, { params: { sku } });
  if (!answer.ok) return [];
  const places = [names.store, names.newark, names.columbus, names.pool];
  const positions = answer.body.positions.map(({ location, onHand, allocated, damaged, atf }): StockRow => ({
    sku,
    where: location,
    counts: { onHand, allocated, damaged, free: atf },
  }));
  const { inventoryItemId } = sku === names.tee.sku ? names.tee : names.mug;
  const shown = {
    shopify:
      shop.inventory.available(gid('InventoryItem', inventoryItemId), gid('Location', names.shopifyLocation)) ?? 0,
    market: market.shown(sku) ?? 0,
  };
  const pools = answer.body.pools.map(({ pool, ats, reserved }): StockRow => ({
    sku,
    where: pool,
    counts: { reserved, ats, ...shown },
  }));
  return [...positions, ...pools].sort((a, b) => places.indexOf(a.where) - places.indexOf(b.where));
}

/** Shopify's global id of a thing. */
export const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;
