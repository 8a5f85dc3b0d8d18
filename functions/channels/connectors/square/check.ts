import * as z from 'zod';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { callSquare } from './api.ts';
import { type ListedLocation, chosenLocations, listLocations } from './locations.ts';
import { needs } from './needs.ts';
import { orderTopics, refundTopics } from './topics.ts';

const status = z.object({ scopes: z.array(z.string()).default([]) });
const subscriptions = z.object({
  subscriptions: z
    .array(z.object({ notification_url: z.string(), enabled: z.boolean().nullish(), event_types: z.array(z.string()) }))
    .default([]),
});
/** What a permission is for: without it, this does not work. */
const permissions = {
  ORDERS_READ: 'orders cannot be asked for',
  PAYMENTS_READ: 'a refund does not find its order',
  ITEMS_READ: 'SKUs of lines are not known and every variation must be listed',
  MERCHANT_PROFILE_READ: 'locations and their addresses are not known',
  ORDERS_WRITE: 'parcels, pickups and cancellations are not written back',
  PAYMENTS_WRITE: 'refunds are not given',
  INVENTORY_READ: 'what Square shows of stock is not known',
  INVENTORY_WRITE: 'stock is not told',
  ITEMS_WRITE: 'products and prices are not told',
} as const;

/** Looks at the seller's account: whether it answers, its locations and currency, permissions, and the webhook subscription. */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const locations = await listLocations(connection);
  const own = notificationUrl(connection);
  if (!locations.ok) return [{ name: 'credentials', ok: false, detail: locations.refusal.detail }, own];
  return [
    { name: 'credentials', ok: true, detail: `The account answers; it has ${locations.value.length} locations.` },
    own,
    ...locationsOf(connection, locations.value),
    ...(await permissionsOf(connection)),
    await subscription(connection),
  ];
}

function notificationUrl({ channel }: Connection): ConnectionCheck {
  const url = settingOf(channel, needs, 'notificationUrl');
  const isUrl = URL.canParse(url);
  return {
    name: 'notification URL',
    ok: isUrl,
    detail: isUrl
      ? url
      : 'Set the setting notificationUrl to what stands in the subscription: it is part of what is signed.',
  };
}

function locationsOf(connection: Connection, locations: readonly ListedLocation[]): ConnectionCheck[] {
  const { currency } = connection.channel;
  const chosen = chosenLocations(connection);
  const unknown = chosen.filter((id) => !locations.some((one) => one.id === id));
  const taken = locations.filter(({ id }) => chosen.length === 0 || chosen.includes(id));
  const foreign = taken.filter((one) => one.currency != null && one.currency !== currency);
  return [
    {
      name: 'locations',
      ok: unknown.length === 0 && taken.length > 0,
      detail:
        unknown.length > 0
          ? `The account has no location ${unknown.join(', ')}: correct the setting locationIds.`
          : `Orders of ${taken.map(({ id, name }) => `${name ?? id} (${id})`).join(', ') || 'no location'} are taken.`,
    },
    {
      name: 'currency',
      ok: foreign.length === 0,
      detail:
        foreign.length === 0
          ? `They sell in ${currency}.`
          : `${foreign.map(({ id }) => id).join(', ')} sells in another currency than ${currency}: make a channel of its own for it, and name the locations of each in locationIds.`,
    },
  ];
}

/** Source: https://developer.squareup.com/reference/square/oauth-api/retrieve-token-status */
async function permissionsOf(connection: Connection): Promise<ConnectionCheck[]> {
  const answer = await callSquare(connection, { operation: 'token', path: '/oauth2/token/status', body: {} });
  if (!answer.ok) return [{ name: 'permissions', ok: false, detail: answer.refusal.detail }];
  const parsed = status.safeParse(answer.value.json);
  if (!parsed.success || parsed.data.scopes.length === 0)
    return [{ name: 'permissions', ok: true, detail: 'A personal access token may do everything.' }];
  return Object.entries(permissions).map(([scope, without]) => {
    const has = parsed.data.scopes.includes(scope);
    const detail = has
      ? 'The application has it.'
      : `Without it ${without}. Have the seller authorize the application with it.`;
    return { name: `permission ${scope}`, ok: has, detail };
  });
}

/** Subscriptions are the application's: a seller's token may not see them. */
async function subscription(connection: Connection): Promise<ConnectionCheck> {
  const name = 'webhook subscription';
  const answer = await callSquare(connection, { operation: 'webhooks', path: '/v2/webhooks/subscriptions' });
  const parsed = subscriptions.safeParse(answer.ok ? answer.value.json : undefined);
  if (!parsed.success)
    return {
      name,
      ok: true,
      detail: 'This token may not see it: look at Webhooks, Subscriptions in the Developer Console.',
    };
  const url = settingOf(connection.channel, needs, 'notificationUrl');
  const ours = parsed.data.subscriptions.find((one) => one.notification_url === url && one.enabled !== false);
  if (ours === undefined)
    return { name, ok: false, detail: `No enabled subscription sends to ${url}. Add one in the Developer Console.` };
  const missing = [...orderTopics, ...refundTopics].filter((topic) => !ours.event_types.includes(topic));
  return {
    name,
    ok: missing.length === 0,
    detail:
      missing.length === 0 ? 'It sends every event that is needed.' : `Add the events ${missing.join(', ')} to it.`,
  };
}
