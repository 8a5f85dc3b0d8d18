import { createHmac, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { type MutationResult, ShopifyInventory } from './shopify-inventory.ts';

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
  readonly calls: ShopifyCall[];
  /** Throttles the next `count` calls; the bucket fills at `restoreRate` points a second meanwhile. */
  throttle(count: number, restoreRate?: number): void;
  /** Answers the next `count` calls with 500, having done them or not. */
  fail(count: number, having?: 'done' | 'dropped'): void;
  /** How many calls it has answered with 500 so far. */
  readonly failed: { count: number };
  /** Holds every call this long before it is done. */
  delay(milliseconds: () => number): void;
  readonly stop: () => Promise<void>;
}

/** Starts a shop that knows one access token. */
export async function startShopifySandbox({ accessToken }: { readonly accessToken: string }): Promise<ShopifySandbox> {
  const inventory = new ShopifyInventory();
  const calls: ShopifyCall[] = [];
  let throttled = { count: 0, restoreRate: bucket.restoreRate };
  let failing: { count: number; having: 'done' | 'dropped' } = { count: 0, having: 'dropped' };
  const failed = { count: 0 };
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
    const outcome = inventory.set(variables['input'], idempotencyKeyOf(query, variables));
    calls.push({ query, variables, outcome });
    return { status: 200, body: bodyOf(outcome) };
  };

  const answer = async ({ method, path, headers, body }: SandboxRequest): Promise<SandboxResponse> => {
    const milliseconds = wait();
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    if (method !== 'POST' || path !== '/admin/api/2026-04/graphql.json')
      return { status: 404, body: { errors: 'Not Found' } };
    if (headers['x-shopify-access-token'] !== accessToken) {
      return {
        status: 401,
        body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
      };
    }
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
    calls,
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
