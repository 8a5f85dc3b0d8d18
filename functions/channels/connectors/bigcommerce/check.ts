import * as z from 'zod';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { get, remedyOf, send } from './api.ts';

const store = z.object({ name: z.string().nullish(), currency: z.string().nullish() });
const hooks = z.object({
  data: z.array(z.object({ scope: z.string(), destination: z.string(), is_active: z.boolean().nullish() })),
});

/** The events that say that an order changed: one for all of them, or these. */
const allOrders = 'store/order/*';
const scopes = [
  'store/order/created',
  'store/order/updated',
  'store/order/statusUpdated',
  'store/order/archived',
  'store/order/refund/created',
];

/**
 * Looks at what a store's connection needs: the token and its scopes, the currency and the webhooks. Changes nothing.
 * Sources: GET /v2/store, /v2/orders, /v3/orders/payment_actions/refunds, /v3/hooks
 */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const read = await Promise.all([
    checkStore(connection),
    checkScope(connection, 'Orders', 'v2/orders?limit=1'),
    checkScope(connection, 'Order transactions', 'v3/orders/payment_actions/refunds?limit=1'),
    checkHooks(connection),
  ]);
  if (!read[0].ok) return read;
  const written: ConnectionCheck[] = [];
  for (const write of writes) written.push(await checkWrite(connection, write));
  return [...read, ...written];
}

/** Calls that tell a store nothing, by the scope that each takes: one that is read-only, or lacks, is refused before the body is looked at. */
const writes = [
  { scope: 'Orders', path: 'v2/orders/0', body: {}, told: 'parcels and cancellations' },
  {
    scope: 'Store inventory',
    path: 'v3/inventory/adjustments/absolute',
    body: { reason: 'Crossdock', items: [] },
    told: 'stock',
  },
  { scope: 'Products', path: 'v3/catalog/products', body: [], told: 'products and prices' },
] as const;

async function checkWrite(
  connection: Connection,
  { scope, path, body, told }: (typeof writes)[number],
): Promise<ConnectionCheck> {
  const name = `scope ${scope}: modify`;
  const answer = await send(connection, 'PUT', path, body);
  if (!answer.ok) return { name, ok: false, detail: answer.refusal.detail };
  const { status } = answer.value;
  return status === 401 || status === 403
    ? {
        name,
        ok: false,
        detail: `Without it the store cannot be told ${told}. It answered ${status}${remedyOf(status)}`,
      }
    : { name, ok: true, detail: `The store can be told ${told}.` };
}

async function checkStore(connection: Connection): Promise<ConnectionCheck> {
  const name = 'credentials';
  const answer = await get(connection, 'v2/store');
  if (!answer.ok) return { name, ok: false, detail: answer.refusal.detail };
  const { status, body } = answer.value;
  if (status !== 200) return { name, ok: false, detail: `BigCommerce answered ${status}${remedyOf(status)}` };
  const { data } = store.safeParse(valueOf(body));
  const { currency } = connection.channel;
  if (data?.currency != null && data.currency !== currency)
    return {
      name,
      ok: true,
      detail: `The store ${data.name ?? ''} sells in ${data.currency}, this channel in ${currency}: orders in another currency go to quarantine. Make a channel for each currency.`,
    };
  return { name, ok: true, detail: `The store ${data?.name ?? ''} knows the access token.` };
}

async function checkScope(connection: Connection, scope: string, path: string): Promise<ConnectionCheck> {
  const name = `scope ${scope}`;
  const answer = await get(connection, path);
  if (!answer.ok) return { name, ok: false, detail: answer.refusal.detail };
  const { status } = answer.value;
  return status === 200 || status === 204
    ? { name, ok: true, detail: 'The API account may read them.' }
    : { name, ok: false, detail: `BigCommerce answered ${status}${remedyOf(status)}` };
}

async function checkHooks(connection: Connection): Promise<ConnectionCheck> {
  const name = 'webhooks';
  const answer = await get(connection, 'v3/hooks?limit=250');
  if (!answer.ok) return { name, ok: false, detail: answer.refusal.detail };
  const { data } = hooks.safeParse(valueOf(answer.value.body));
  const path = `/webhooks/${connection.channel.channelId}`;
  const ours = (data?.data ?? []).filter(({ destination }) => destination.endsWith(path));
  const active = ours.filter((one) => one.is_active !== false).map(({ scope }) => scope);
  const missing = active.includes(allOrders) ? [] : scopes.filter((scope) => !active.includes(scope));
  if (missing.length === 0) return { name, ok: true, detail: 'Every change of an order is sent here.' };
  const stopped =
    ours.length > active.length ? ' Some are not active: BigCommerce stops those that fail for days.' : '';
  return {
    name,
    ok: false,
    detail: `No active webhook sends ${missing.join(', ')} to ${path}.${stopped} Create one for ${allOrders} with POST /v3/hooks; until then orders come only when they are asked for.`,
  };
}

function valueOf(body: Buffer): unknown {
  const json = readJson(body);
  return json.ok ? json.value : undefined;
}
