import { ok, refuse } from '../../../shared/kernel/result.ts';
import { type Channel, publishedQuantity, termsFor } from '../../../shared/model/network/network.ts';
import { type Component, isKit } from '../../../shared/model/network/product.ts';
import { atsOfKit, kitsIn, termsOfKit } from '../../../shared/model/stock/kit-availability.ts';
import { type StockPorts } from '../ports.ts';

/**
 * What a channel may sell of a SKU that has no stock in its pool: as many kits as it may sell of the components of each, its ring-fences
 * among them. Refusal: `unknown-sku` for what is no kit either.
 */
export async function kitFor(ports: Pick<StockPorts, 'stockOf' | 'product'>, channel: Channel, sku: string) {
  const product = await ports.product(sku);
  if (product === undefined || !isKit(product))
    return refuse('unknown-sku', `No stock of ${sku} was ever recorded in pool ${channel.pool}, and it is no kit.`);
  const parts = await Promise.all(product.components.map((component) => partFor(ports, channel, component)));
  const available = kitsIn(parts, ({ sellable }) => sellable);
  const { rules } = termsOfKit(channel, parts);
  return ok({ ats: atsOfKit(parts), buffer: 0, sharePercent: 100, rules: [...rules], fenced: 0, available });
}

async function partFor(ports: Pick<StockPorts, 'stockOf'>, channel: Channel, component: Component) {
  const { pools, shares } = await ports.stockOf(component.sku);
  const pool = pools.find(({ pool: name }) => name === channel.pool);
  const own = shares.find((share) => share.pool === channel.pool && share.channel === channel.channelId);
  const sellable = publishedQuantity(pool?.ats ?? 0, channel.active, termsFor(channel, pool), own?.fenced);
  return { component, pool, sellable };
}
