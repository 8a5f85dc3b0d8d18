import * as z from 'zod';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { callEbay } from './api.ts';
import { needs } from './needs.ts';
import { signing } from './signing-check.ts';
import { accessToken, hasConsent } from './tokens.ts';

const notification = '/commerce/notification/v1';
const subscriptions = z.looseObject({
  subscriptions: z
    .array(
      z.looseObject({
        topicId: z.string().nullish(),
        status: z.string().nullish(),
        destinationId: z.string().nullish(),
      }),
    )
    .default([]),
});
const destinations = z.looseObject({
  destinations: z
    .array(
      z.looseObject({
        destinationId: z.string().nullish(),
        status: z.string().nullish(),
        deliveryConfig: z.looseObject({ endpoint: z.string().nullish() }).nullish(),
      }),
    )
    .default([]),
});

/** Looks at the keys, the seller's consent, the right to read orders, the key that signs, the subscription and where it delivers. Changes nothing. */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const [application, user] = [await accessToken(connection, 'application'), await accessToken(connection, 'user')];
  const keys = {
    name: 'application keys',
    ok: application.ok,
    detail: application.ok ? 'eBay gives a token for them.' : application.refusal.detail,
  };
  const consent = {
    name: "seller's consent",
    ok: user.ok,
    detail: user.ok ? 'The refresh token is good.' : user.refusal.detail,
  };
  if (!application.ok || !user.ok) return [keys, consent];
  return [
    keys,
    consent,
    await orders(connection),
    ...(await Promise.all(scopes.map((one) => scope(connection, one)))),
    ...(await signing(connection)),
    await subscription(connection),
    await destination(connection),
  ];
}

/** What the seller must have agreed to for eBay to be told something. Source: https://developer.ebay.com/api-docs/static/oauth-scopes.html */
const scopes = [
  { name: 'sell.fulfillment', told: 'parcels, cancellations and refunds' },
  { name: 'sell.inventory', told: 'stock, products and prices' },
];

async function scope(connection: Connection, { name: own, told }: (typeof scopes)[number]): Promise<ConnectionCheck> {
  const name = `scope ${own}`;
  const has = await hasConsent(connection, `https://api.ebay.com/oauth/api_scope/${own}`);
  if (!has.ok) return { name, ok: false, detail: has.refusal.detail };
  const detail = has.value
    ? 'The seller has agreed to it.'
    : `Without it eBay cannot be told ${told}. Have the seller sign in again with this scope, and put the new refreshToken.`;
  return { name, ok: has.value, detail };
}

async function orders(connection: Connection): Promise<ConnectionCheck> {
  const answer = await callEbay(connection, {
    operation: 'orders',
    path: '/sell/fulfillment/v1/order?limit=1',
    as: 'user',
  });
  const good = answer.ok && answer.value.status === 200;
  return { name: 'orders', ok: good, detail: good ? 'Orders can be read.' : saidBy(answer) };
}

async function subscription(connection: Connection): Promise<ConnectionCheck> {
  const name = 'subscription';
  const path = `${notification}/subscription?limit=100`;
  const answer = await callEbay(connection, { operation: 'notification', path, as: 'user' });
  if (!answer.ok || answer.value.status !== 200) return { name, ok: false, detail: saidBy(answer) };
  const found = subscriptions.safeParse(jsonIn(answer.value.body));
  const ofOrders = (found.data?.subscriptions ?? []).find(({ topicId }) => topicId === 'ORDER_CONFIRMATION');
  const isOn = ofOrders?.status === 'ENABLED';
  const remedy =
    ofOrders === undefined
      ? 'Nothing is subscribed to ORDER_CONFIRMATION: create it with POST /commerce/notification/v1/subscription. Until then orders come by polling alone.'
      : 'The subscription to ORDER_CONFIRMATION is not ENABLED: enable it at eBay. Until then orders come by polling alone.';
  return { name, ok: isOn, detail: isOn ? 'ORDER_CONFIRMATION is subscribed.' : remedy };
}

async function destination(connection: Connection): Promise<ConnectionCheck> {
  const name = 'destination';
  const endpoint = settingOf(connection.channel, needs, 'webhookUrl');
  const missing = [
    ...(connection.credentials.values['verificationToken'] === undefined ? ['the credential verificationToken'] : []),
    ...(endpoint === '' ? ['the setting webhookUrl'] : []),
  ];
  if (missing.length > 0)
    return {
      name,
      ok: false,
      detail: `The channel lacks ${missing.join(' and ')}, without which eBay's challenge may fail.`,
    };
  const path = `${notification}/destination?limit=100`;
  const answer = await callEbay(connection, { operation: 'notification', path, as: 'application' });
  if (!answer.ok || answer.value.status !== 200) return { name, ok: false, detail: saidBy(answer) };
  const found = destinations.safeParse(jsonIn(answer.value.body)).data?.destinations ?? [];
  const ours = found.find(({ deliveryConfig }) => deliveryConfig?.endpoint === endpoint);
  const isOn = ours?.status === 'ENABLED';
  const remedy = `eBay has no enabled destination ${endpoint}: create or enable it with /commerce/notification/v1/destination.`;
  return { name, ok: isOn, detail: isOn ? `eBay delivers to ${endpoint}.` : remedy };
}

const saidBy = (answer: Awaited<ReturnType<typeof callEbay>>): string =>
  answer.ok ? `eBay answered ${answer.value.status}.` : answer.refusal.detail;

const jsonIn = (body: Buffer): unknown => {
  const json = readJson(body);
  return json.ok ? json.value : undefined;
};
