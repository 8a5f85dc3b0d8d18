import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector, type PollWindow, type PolledPage } from '../../domain/connector.ts';
import { partsOf } from './api-url.ts';
import { includedData, summaryTopic } from './fetch.ts';
import { needs } from './needs.ts';
import { type SpCall, callApi, readAnswer } from './sp-api.ts';
import { pollPurchaseOrders } from './vendor/poll.ts';

/** Amazon lists no order that changed less than two minutes ago; the rest of a window is in the next one. */
const unlistedSeconds = 120;

const page2026 = z.object({
  orders: z.array(z.looseObject({ orderId: z.string(), lastUpdatedTime: z.string() })),
  pagination: z.object({ nextToken: z.string().nullish() }).nullish(),
});
const pageV0 = z.object({
  payload: z.object({
    Orders: z.array(z.looseObject({ AmazonOrderId: z.string(), LastUpdateDate: z.string() })),
    NextToken: z.string().nullish(),
  }),
});

/**
 * Orders that changed. A page of up to 100 whole orders is one call in three minutes (2026-01-01) or one a minute (v0), with a burst of 20; so
 * it is every ten minutes. Each window begins earlier than the last one ended by more than what Amazon does not list yet.
 */
export const poll: NonNullable<Connector['poll']> = {
  everySeconds: 600,
  overlapSeconds: 300,
  page: (window, connection) => {
    if (settingOf(connection.channel, needs, 'program') === 'vendor') return pollPurchaseOrders(window, connection);
    const to = plusSeconds(window.to, -unlistedSeconds);
    if (to <= window.from) return Promise.resolve(ok({ deliveries: [] }));
    const page = settingOf(connection.channel, needs, 'ordersApi') === 'v0' ? ordersV0 : orders2026;
    return page({ ...window, to }, connection);
  },
};

async function orders2026({ from, to, cursor }: PollWindow, connection: Connection): Promise<Result<PolledPage>> {
  const read = await ask(connection, page2026, {
    operation: 'searchOrders',
    path: '/orders/2026-01-01/orders',
    query: {
      lastUpdatedAfter: from,
      lastUpdatedBefore: to,
      marketplaceIds: marketplacesOf(connection),
      maxResultsPerPage: '100',
      includedData,
      paginationToken: cursor,
    },
  });
  if (!read.ok) return read;
  const next = read.value.pagination?.nextToken;
  const deliveries = read.value.orders.map((order) => ({
    deliveryId: `${order.orderId}@${order.lastUpdatedTime}`,
    topic: 'orders-2026-01-01',
    body: Buffer.from(JSON.stringify({ order })),
  }));
  return ok({ deliveries, ...(next != null && next !== '' && { cursor: next }) });
}

async function ordersV0({ from, to, cursor }: PollWindow, connection: Connection): Promise<Result<PolledPage>> {
  const read = await ask(connection, pageV0, {
    operation: 'getOrders',
    path: '/orders/v0/orders',
    query: {
      MarketplaceIds: marketplacesOf(connection),
      ...(cursor === undefined ? { LastUpdatedAfter: from, LastUpdatedBefore: to } : { NextToken: cursor }),
    },
  });
  if (!read.ok) return read;
  const { Orders: orders, NextToken: next } = read.value.payload;
  const deliveries = orders.map((order) => ({
    deliveryId: `${order.AmazonOrderId}@${order.LastUpdateDate}`,
    topic: summaryTopic,
    body: Buffer.from(JSON.stringify({ order })),
  }));
  return ok({ deliveries, ...(next != null && next !== '' && { cursor: next }) });
}

const marketplacesOf = ({ channel }: Connection): string | undefined =>
  partsOf(channel, 'marketplaceIds').join(',') || undefined;

async function ask<T>(connection: Connection, schema: z.ZodType<T>, call: SpCall): Promise<Result<T>> {
  const answer = await callApi(connection, call);
  return answer.ok ? readAnswer(answer.value, schema, call.operation) : answer;
}
