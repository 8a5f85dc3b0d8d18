import * as z from 'zod';
import { type Result } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { anything, callShop } from './api.ts';
import { needs } from './needs.ts';

const shops = z.looseObject({
  shops: z
    .array(
      z.looseObject({ id: z.string(), name: z.string().nullish(), cipher: z.string(), region: z.string().nullish() }),
    )
    .nullish()
    .transform((all) => all ?? []),
});
const webhooks = z.looseObject({
  webhooks: z
    .array(z.looseObject({ event_type: z.string(), address: z.string().nullish() }))
    .nullish()
    .transform((all) => all ?? []),
});
/** Without these, changes of orders are only found by polling. */
const wanted = [
  'ORDER_STATUS_CHANGE',
  'RECIPIENT_ADDRESS_UPDATE',
  'PACKAGE_UPDATE',
  'CANCELLATION_STATUS_CHANGE',
  'RETURN_STATUS_CHANGE',
];

/** Looks at the authorization, the shop, the scopes that are needed, and which webhooks are sent here. Changes nothing. */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const authorized = await callShop(
    connection,
    { operation: 'shops', method: 'GET', path: '/authorization/202309/shops', ofNoShop: true },
    shops,
  );
  if (!authorized.ok) return [failed('authorization', authorized)];
  return [
    { name: 'authorization', ok: true, detail: 'TikTok takes the app key, the secret and the token.' },
    shopCheck(connection, authorized.value.shops),
    ...(await Promise.all([
      scopeCheck(connection, 'orders'),
      scopeCheck(connection, 'returns'),
      scopeCheck(connection, 'product'),
      webhookCheck(connection),
    ])),
  ];
}

const failed = (name: string, answer: Extract<Result<unknown>, { ok: false }>): ConnectionCheck => ({
  name,
  ok: false,
  detail: answer.refusal.detail,
});

function shopCheck({ channel }: Connection, found: z.output<typeof shops>['shops']): ConnectionCheck {
  const cipher = settingOf(channel, needs, 'shopCipher');
  const shop = found.find((one) => one.cipher === cipher);
  const list = found.map((one) => `${one.name ?? one.id} (${one.region ?? '?'}): ${one.cipher}`).join('; ');
  return {
    name: 'shop',
    ok: shop !== undefined,
    detail:
      shop === undefined
        ? `The setting shopCipher is none of the shops that authorized the app. They are: ${list === '' ? 'none' : list}.`
        : `${shop.name ?? shop.id} in ${shop.region ?? 'a region that is not named'}.`,
  };
}

/** What may be read of each; whether the app may tell something too, no call says that changes nothing. */
const searches = {
  orders: '/order/202309/orders/search',
  returns: '/return_refund/202309/returns/search',
  product: '/product/202309/products/search',
} as const;

async function scopeCheck(connection: Connection, operation: keyof typeof searches): Promise<ConnectionCheck> {
  const [path, name] = [searches[operation], operation === 'product' ? 'products' : operation];
  const answer = await callShop(
    connection,
    { operation, method: 'POST', path, query: { page_size: '1' }, body: {} },
    anything,
  );
  return answer.ok ? { name, ok: true, detail: `The app may read ${name}.` } : failed(name, answer);
}

async function webhookCheck(connection: Connection): Promise<ConnectionCheck> {
  const answer = await callShop(
    connection,
    { operation: 'webhooks', method: 'GET', path: '/event/202309/webhooks' },
    webhooks,
  );
  if (!answer.ok) return failed('webhooks', answer);
  const here = `/webhooks/${connection.channel.channelId}`;
  const sent = answer.value.webhooks
    .filter(({ address }) => address?.endsWith(here) === true)
    .map(({ event_type }) => event_type);
  const missing = wanted.filter((type) => !sent.includes(type));
  return {
    name: 'webhooks',
    ok: missing.length === 0,
    detail:
      missing.length === 0
        ? `TikTok sends ${wanted.join(', ')}.`
        : `TikTok does not send ${missing.join(', ')} to an address that ends with ${here}: subscribe it in Partner Center or with PUT /event/202309/webhooks.`,
  };
}
