import { createHmac, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { type MutationResult, ShopifyInventory } from './shopify-inventory.ts';
import { ShopifyOrders } from './shopify-orders.ts';
import { seenWith } from './shopify-scopes.ts';
import { Troubles } from './troubles.ts';

const graphqlRequest = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });
/** What one mutation costs, and how a shop's bucket is filled: as recorded of a real shop. */
const cost = 10;
const bucket = { maximumAvailable: 2000, restoreRate: 100 };

/** One call that the shop got, and what came of it. */
export interface ShopifyCall {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly outcome: MutationResult | 'throttled';
}

/** A shop as Crossdock sees it: its GraphQL Admin API of 2026-04, and its webhooks. */
export interface ShopifySandbox {
  readonly url: string;
  readonly inventory: ShopifyInventory;
  readonly orders: ShopifyOrders;
  /** Every mutation of stock, and every call that was throttled. */
  readonly calls: ShopifyCall[];
  /** How often it was asked for orders and the like. */
  readonly questions: { count: number };
  /** What goes wrong before the API is reached. */
  readonly troubles: Troubles;
  /** Throttles the next `count` calls; the bucket fills at `restoreRate` points a second meanwhile. */
  throttle(count: number, restoreRate?: number): void;
  /** Answers the next `count` calls with 500, having done them or not. */
  fail(count: number, having?: 'done' | 'dropped'): void;
  /** How many calls it has answered with 500 so far. */
  readonly failed: { count: number };
  /** Ends every token that was minted: the next call with one is refused. */
  expireTokens(): void;
  /** Holds every call this long before it is done. */
  delay(milliseconds: () => number): void;
  readonly stop: () => Promise<void>;
}

/** Starts a shop that knows one access token, and mints others for a client of the client credentials grant. */
export async function startShopifySandbox({
  accessToken,
  client,
}: {
  readonly accessToken: string;
  readonly client?: { readonly id: string; readonly secret: string };
}): Promise<ShopifySandbox> {
  const inventory = new ShopifyInventory();
  const orders = new ShopifyOrders('USD', inventory);
  const calls: ShopifyCall[] = [];
  const questions = { count: 0 };
  const minted = new Set<string>();
  let throttled = { count: 0, restoreRate: bucket.restoreRate };
  let failing: { count: number; having: 'done' | 'dropped' } = { count: 0, having: 'dropped' };
  const failed = { count: 0 };
  const troubles = new Troubles();
  let wait = () => 0;

  const run = (body: Buffer): SandboxResponse => {
    const { query, variables } = graphqlRequest.parse(JSON.parse(body.toString('utf8')));
    if (throttled.count > 0) {
      throttled = { ...throttled, count: throttled.count - 1 };
      calls.push({ query, variables, outcome: 'throttled' });
      return {
        status: 200,
        body: {
          errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
          extensions: costOf(0, throttled.restoreRate),
        },
      };
    }
    if (!query.includes('inventorySetQuantities')) {
      questions.count += 1;
      return { status: 200, body: answered(orders, query, variables) };
    }
    const outcome = inventory.set(variables['input'], idempotencyKeyOf(query, variables));
    calls.push({ query, variables, outcome });
    return { status: 200, body: bodyOf(outcome) };
  };

  const answer = async ({ method, path, headers, body }: SandboxRequest): Promise<SandboxResponse> => {
    const milliseconds = wait();
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    if (method === 'POST' && path === '/admin/oauth/access_token') return mint(body, client, minted);
    if (method !== 'POST' || path !== '/admin/api/2026-04/graphql.json')
      return { status: 404, body: { errors: 'Not Found' } };
    const token = String(headers['x-shopify-access-token']);
    if (token !== accessToken && !minted.has(token)) {
      return {
        status: 401,
        body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
      };
    }
    const trouble = await troubles.next();
    if (trouble !== undefined) return trouble;
    const fails = failing.count > 0;
    if (fails) failing = { ...failing, count: failing.count - 1 };
    if (fails) failed.count += 1;
    const response: SandboxResponse = fails && failing.having === 'dropped' ? { status: 500 } : run(body);
    return fails ? { status: 500 } : response;
  };

  const { url, stop } = await startServer(answer);
  return {
    url,
    inventory,
    orders,
    calls,
    questions,
    troubles,
    expireTokens: () => minted.clear(),
    throttle: (count, restoreRate = bucket.restoreRate) => {
      throttled = { count, restoreRate };
    },
    fail: (count, having = 'dropped') => {
      failing = { count, having };
    },
    failed,
    delay: (milliseconds) => {
      wait = milliseconds;
    },
    stop,
  };
}

/** The client credentials grant: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant */
function mint(
  body: Buffer,
  client: { readonly id: string; readonly secret: string } | undefined,
  minted: Set<string>,
): SandboxResponse {
  const form = new URLSearchParams(body.toString());
  const isKnown = client !== undefined && form.get('client_id') === client.id;
  if (!isKnown || form.get('client_secret') !== client.secret)
    return { status: 400, body: { error: 'application_cannot_be_found' } };
  if (form.get('grant_type') !== 'client_credentials') return { status: 400, body: { error: 'invalid_request' } };
  const token = `shpat_${randomUUID()}`;
  minted.add(token);
  return { status: 200, body: { access_token: token, scope: 'read_orders,write_inventory', expires_in: 86_399 } };
}

function answered(orders: ShopifyOrders, query: string, variables: Record<string, unknown>): object {
  const extensions = costOf(bucket.maximumAvailable - cost);
  try {
    const answer = orders.answer(query, variables);
    if (answer.kind === 'data') {
      const { data, errors } = seenWith(orders.scopes, answer.data);
      return { data, ...(errors.length > 0 && { errors }), extensions };
    }
    return { errors: [{ message: answer.message, extensions: { code: 'ACCESS_DENIED' } }], data: null, extensions };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { errors: [{ message, extensions: { code: 'undefinedField' } }] };
  }
}

const costOf = (currentlyAvailable: number, restoreRate = bucket.restoreRate) => ({
  cost: {
    requestedQueryCost: cost,
    actualQueryCost: cost,
    throttleStatus: { ...bucket, currentlyAvailable, restoreRate },
  },
});

function bodyOf(outcome: MutationResult): object {
  const extensions = costOf(bucket.maximumAvailable - cost);
  if (outcome.kind === 'payload') {
    return {
      data: { inventorySetQuantities: { inventoryAdjustmentGroup: outcome.group, userErrors: outcome.userErrors } },
      extensions,
    };
  }
  const error = { message: outcome.message, extensions: { code: outcome.code }, path: ['inventorySetQuantities'] };
  return { errors: [error], data: { inventorySetQuantities: null }, extensions };
}

/** The key of the directive on the mutation, whether it is written out or a variable. */
function idempotencyKeyOf(query: string, variables: Record<string, unknown>): string | undefined {
  const [, name, literal] =
    /inventorySetQuantities\s*\([^)]*\)\s*@idempotent\s*\(\s*key:\s*(?:\$(\w+)|"([^"]+)")\s*\)/.exec(query) ?? [];
  const value = name === undefined ? literal : variables[name];
  return typeof value === 'string' ? value : undefined;
}

/** What Shopify says a delivery is about and calls it; the same id again is a retry. */
export interface WebhookDelivery {
  readonly topic?: string;
  readonly webhookId?: string;
}

/** The headers that Shopify sends with a webhook whose body is `body`. */
export const shopifyHeaders = (
  secret: string,
  body: string | Buffer,
  delivery: WebhookDelivery = {},
): Record<string, string> => ({
  'content-type': 'application/json',
  'x-shopify-topic': delivery.topic ?? 'orders/create',
  'x-shopify-webhook-id': delivery.webhookId ?? randomUUID(),
  'x-shopify-shop-domain': 'sandbox.myshopify.com',
  'x-shopify-api-version': '2026-04',
  'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
});

/** Delivers a signed webhook to a channel of a running Crossdock, as Shopify would. */
export const sendShopifyWebhook = (
  crossdock: { readonly url: string; readonly channelId: string; readonly secret: string },
  body: string | Buffer,
  delivery: WebhookDelivery = {},
): Promise<Response> =>
  fetch(`${crossdock.url}/webhooks/${crossdock.channelId}`, {
    method: 'POST',
    headers: shopifyHeaders(crossdock.secret, body, delivery),
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
