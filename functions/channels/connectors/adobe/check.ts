import * as z from 'zod';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { readJson } from '../kit/read-json.ts';
import { get, isDenied, remedyOf, searchQuery } from './api.ts';
import { needs } from './needs.ts';

const storeConfigs = z.array(
  z.object({ id: z.union([z.string(), z.int()]).transform(String), base_currency_code: z.string().nullish() }),
);

/** Looks at what a store's connection needs: credentials, what the integration may see, and the currency of its store views. */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const one = searchQuery([], { pageSize: 1 });
  const [orders, memos, products, stock, currency] = await Promise.all([
    checkResource(connection, 'credentials and orders', 'V1/orders', one),
    checkResource(connection, 'credit memos', 'V1/creditmemos', one),
    checkResource(connection, 'products and prices', 'V1/products', [...one, ['fields', 'items[sku]']]),
    checkResource(connection, 'stock', 'V1/inventory/source-items', one),
    checkCurrency(connection),
  ]);
  return [orders, memos, products, stock, ...currency];
}

/** Of products and of stock one resource is for both, reading and writing. Source: webapi.xml of Magento_Catalog and Magento_InventoryApi */
async function checkResource(
  connection: Connection,
  name: string,
  path: string,
  query: Parameters<typeof get>[2],
): Promise<ConnectionCheck> {
  const answer = await get(connection, path, query);
  if (!answer.ok) return { name, ok: false, detail: answer.refusal.detail };
  const { status } = answer.value;
  return status === 200
    ? { name, ok: true, detail: 'The integration has the resource.' }
    : { name, ok: false, detail: `Adobe Commerce answered ${status}${remedyOf(answer.value)}` };
}

/** The store views may be read with a resource that orders do not need: without it, nothing is said of them. */
async function checkCurrency(connection: Connection): Promise<ConnectionCheck[]> {
  const name = 'currency';
  const answer = await get(connection, 'V1/store/storeConfigs');
  if (!answer.ok || isDenied(answer.value)) return [];
  const json = readJson(answer.value.body);
  const { data = [] } = storeConfigs.safeParse(json.ok ? json.value : undefined);
  const { channel } = connection;
  const wanted = settingOf(channel, needs, 'storeIds')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const views = data.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const unknown = wanted.filter((id) => !data.some((one) => one.id === id));
  if (unknown.length > 0)
    return [{ name, ok: false, detail: `There is no store view ${unknown.join(', ')}: see the setting storeIds.` }];
  const others = views.filter(({ base_currency_code: base }) => base != null && base !== channel.currency);
  return others.length === 0
    ? [{ name, ok: true, detail: `Every store view sells in ${channel.currency}.` }]
    : [
        {
          name,
          ok: false,
          detail: `Store view ${others.map(({ id, base_currency_code: base }) => `${id} sells in ${base}`).join(', ')}, this channel in ${channel.currency}: leave them out with the setting storeIds, and make a channel for each currency.`,
        },
      ];
}
