import * as z from 'zod';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { callShop } from './api.ts';

const webhooks = z.array(z.looseObject({ topic: z.string(), status: z.string(), delivery_url: z.string().nullish() }));
const anything = z.array(z.unknown());
/** Without these, changes of orders are only found by polling, and deletions never. */
const wanted = ['order.created', 'order.updated', 'order.deleted', 'order.restored'];

/** Looks at the keys, and at which webhooks are sent here and are on. Changes nothing. */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const orders = await callShop(
    connection,
    { operation: 'orders', path: 'orders', query: { per_page: '1' } },
    anything,
  );
  const keys: ConnectionCheck = {
    name: 'keys',
    ok: orders.ok,
    detail: orders.ok ? 'The shop takes the keys, and they may read orders.' : orders.refusal.detail,
  };
  return orders.ok ? [keys, await writeCheck(connection), await webhookCheck(connection)] : [keys];
}

/**
 * Whether the key may write, which stock, products, prices and what becomes of orders take: a batch of nothing changes nothing, and is refused to a key that
 * may only read. Source: WC_REST_Authentication::check_permissions
 */
async function writeCheck(connection: Connection): Promise<ConnectionCheck> {
  const call = { operation: 'listings', method: 'POST', path: 'products/batch', body: {} } as const;
  const answer = await callShop(connection, call, z.unknown());
  return answer.ok
    ? { name: 'right to write', ok: true, detail: 'The key may write.' }
    : {
        name: 'right to write',
        ok: false,
        detail: `The shop cannot be told stock, products, prices, parcels and refunds. ${answer.refusal.detail}`,
      };
}

async function webhookCheck(connection: Connection): Promise<ConnectionCheck> {
  const name = 'webhooks';
  const query = { per_page: '100' };
  const answer = await callShop(connection, { operation: 'webhooks', path: 'webhooks', query }, webhooks);
  if (!answer.ok) return { name, ok: false, detail: answer.refusal.detail };
  const here = `/webhooks/${connection.channel.channelId}`;
  const ours = answer.value.data.filter(({ delivery_url }) => delivery_url?.endsWith(here) === true);
  const isOn = (topic: string) => ours.some((one) => one.topic === topic && one.status === 'active');
  const off = wanted.filter((topic) => !isOn(topic) && ours.some((one) => one.topic === topic));
  const missing = wanted.filter((topic) => !ours.some((one) => one.topic === topic));
  const where = 'in WooCommerce, Settings, Advanced, Webhooks';
  const details = [
    ...(missing.length > 0
      ? [`There is none for ${missing.join(', ')}: add it ${where}, to an address that ends with ${here}.`]
      : []),
    ...(off.length > 0 ? [`${off.join(', ')} is off, as after deliveries that failed: switch it on ${where}.`] : []),
  ];
  return {
    name,
    ok: details.length === 0,
    detail: details.length === 0 ? `The shop sends ${wanted.join(', ')}.` : details.join(' '),
  };
}
