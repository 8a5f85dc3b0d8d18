import * as z from 'zod';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { accessToken, callWalmart } from './api.ts';
import { needs } from './needs.ts';

/** The events that orders live by; without them they come by polling, later. */
const wanted = ['PO_CREATED', 'PO_LINE_AUTOCANCELLED', 'INTENT_TO_CANCEL', 'RETURN_INVOICED'];

/** What Walmart is told of: orders, stock, products and prices. */
const told = ['orders', 'inventory', 'feeds', 'item', 'price'];

const scopes = z.looseObject({ scopes: z.record(z.string(), z.unknown()).nullish() });
const subscriptions = z.looseObject({
  events: z
    .array(
      z.looseObject({ eventType: z.string().nullish(), eventUrl: z.string().nullish(), status: z.string().nullish() }),
    )
    .default([]),
});

/** Looks at the keys, what they may do, whether orders can be read, and which events are subscribed. Changes nothing. */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const token = await accessToken(connection);
  const keys = {
    name: 'keys',
    ok: token.ok,
    detail: token.ok ? 'Walmart gives a token for them.' : token.refusal.detail,
  };
  return token.ok ? [keys, await rights(connection), await orders(connection), await events(connection)] : [keys];
}

/** Source: https://developer.walmart.com/us-marketplace/reference/gettokendetail */
async function rights(connection: Connection): Promise<ConnectionCheck> {
  const name = 'rights';
  const answer = await callWalmart(connection, { operation: 'token', path: '/v3/token/detail' });
  if (!answer.ok || answer.value.status !== 200) return { name, ok: false, detail: saidBy(answer) };
  const given = scopes.safeParse(jsonIn(answer.value.body)).data?.scopes;
  const missing = told.filter((scope) => given?.[scope] !== 'full_access');
  const isFull = missing.length === 0;
  const detail = isFull
    ? `The key has full access to ${told.join(', ')}.`
    : `The key has no full access to ${missing.join(', ')}: they can be read at most, and Walmart be told nothing of them. Change it in the Developer Portal.`;
  return { name, ok: isFull, detail };
}

async function orders(connection: Connection): Promise<ConnectionCheck> {
  const answer = await callWalmart(connection, { operation: 'orders', path: '/v3/orders?limit=1' });
  const good = answer.ok && (answer.value.status === 200 || answer.value.status === 404);
  return { name: 'orders', ok: good, detail: good ? 'Orders can be read.' : saidBy(answer) };
}

async function events(connection: Connection): Promise<ConnectionCheck> {
  const name = 'subscriptions';
  const answer = await callWalmart(connection, { operation: 'webhooks', path: '/v3/webhooks/subscriptions' });
  if (!answer.ok || answer.value.status !== 200) return { name, ok: false, detail: saidBy(answer) };
  const url = settingOf(connection.channel, needs, 'webhookUrl');
  const path = url === '' ? `/webhooks/${connection.channel.channelId}` : url;
  const active = (subscriptions.safeParse(jsonIn(answer.value.body)).data?.events ?? [])
    .filter(({ status, eventUrl }) => status === 'ACTIVE' && eventUrl?.endsWith(path) === true)
    .map(({ eventType }) => eventType);
  const missing = wanted.filter((event) => !active.includes(event));
  const detail =
    missing.length === 0
      ? `${wanted.join(', ')} are subscribed.`
      : `${missing.join(', ')}: subscribe with POST /v3/webhooks/subscriptions to …${path}. Until then such changes come by polling.`;
  return { name, ok: missing.length === 0, detail };
}

const saidBy = (answer: Awaited<ReturnType<typeof callWalmart>>): string =>
  answer.ok ? `Walmart answered ${answer.value.status}.` : answer.refusal.detail;

const jsonIn = (body: Buffer): unknown => {
  const json = readJson(body);
  return json.ok ? json.value : undefined;
};
