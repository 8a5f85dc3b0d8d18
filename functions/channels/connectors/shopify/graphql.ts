import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { addressFault } from '../../../../shared/kernel/web-address.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { accessToken, canMint, tokenName } from './access-token.ts';

/** The version that this connector was written for; Shopify serves a version for a year: https://shopify.dev/docs/api/usage/versioning */
export const apiVersion = '2026-04';

/** How often a call waits for the cost bucket to fill again, and how long at most; after that, the queue brings it again. */
const throttledAttempts = 3;
const longestWaitSeconds = 2;
/** When a call that stayed throttled is worth another try: a bucket fills in 20 seconds. */
const retryAfterSeconds = 20;

const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string().optional() }).optional(),
      }),
    )
    .optional(),
  extensions: z
    .object({
      cost: z.object({
        requestedQueryCost: z.number(),
        throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
      }),
    })
    .optional(),
});
type Answer = z.infer<typeof answer>;

/** What is asked, and which limit it counts against. */
export interface Question {
  readonly query: string;
  readonly variables: object;
  readonly operation?: string;
}

/**
 * Calls a shop's GraphQL Admin API. Top-level `errors` (the call was not understood, may not be made, or was throttled) come back as refusals;
 * the mutation's own `userErrors` are in the data. A throttled call waits until the bucket holds its cost.
 * Refusal: `provider-unavailable`, with Shopify's words; `facts.limit` when it stays throttled.
 */
export async function ask(connection: Connection, question: Question): Promise<Result<unknown>> {
  const shop = shopOf(connection);
  if (!shop.ok) return shop;
  for (let attempt = 1; ; attempt += 1) {
    const response = await authorized(connection, shop.value, question);
    if (!response.ok) return response;
    if (response.value.status !== 200) return rejected(connection, response.value);
    const read = answerFrom(response.value);
    if (!read.ok) return read;
    if (!isThrottled(read.value)) return dataOf(read.value);
    if (attempt === throttledAttempts)
      return refuse('provider-unavailable', 'Shopify throttles this shop; the call is made again later.', {
        facts: { retryAfterSeconds, limit: true },
      });
    await pause(waitSeconds(read.value) * 1000);
  }
}

/** Where the shop is. Its token goes with each call, so nowhere but to this machine in the clear. */
function shopOf({ channel: { channelId, endpoint, settings = {} } }: Connection): Result<URL> {
  const address = settings['apiUrl'] ?? (endpoint.kind === 'shopify' ? endpoint.url : '');
  if (addressFault(address) === undefined) return ok(new URL(address));
  return refuse(
    'provider-unavailable',
    `Channel ${channelId} does not say where its shop is. Set its setting apiUrl (https://{shop}.myshopify.com), or a shopify endpoint, with PUT /v1/channels/${channelId}.`,
  );
}

/** A token that is refused is forgotten and made anew, once. */
async function authorized(connection: Connection, shop: URL, question: Question): Promise<Result<ChannelAnswer>> {
  const first = await send(connection, shop, question);
  if (!first.ok || first.value.status !== 401 || !canMint(connection)) return first;
  connection.forgetToken(tokenName);
  return send(connection, shop, question);
}

async function send(
  connection: Connection,
  shop: URL,
  { query, variables, operation = 'order' }: Question,
): Promise<Result<ChannelAnswer>> {
  const token = await accessToken(connection, shop);
  if (!token.ok) return token;
  return connection.call({
    operation,
    method: 'POST',
    url: new URL(`/admin/api/${apiVersion}/graphql.json`, shop),
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': token.value },
    body: JSON.stringify({ query, variables }),
  });
}

function rejected({ channel: { channelId } }: Connection, { status }: ChannelAnswer): Result<never> {
  if (status === 401 || status === 403)
    return refuse(
      'provider-unavailable',
      `Shopify refused the access token of channel ${channelId} (${status}). Give the channel a good one (credential accessToken, or clientId and clientSecret); it needs read_orders, and write_inventory to be told stock.`,
    );
  const remedy = status === 404 ? ': is its setting apiUrl the address of a shop, https://{shop}.myshopify.com?' : '.';
  return refuse('provider-unavailable', `Shopify answered ${status} for channel ${channelId}${remedy}`);
}

function answerFrom({ body }: ChannelAnswer): Result<Answer> {
  const json = readJson(body);
  const parsed = answer.safeParse(json.ok ? json.value : undefined);
  return parsed.success
    ? ok(parsed.data)
    : refuse('provider-unavailable', 'Shopify answered something other than a GraphQL result');
}

const isThrottled = ({ errors = [] }: Answer): boolean =>
  errors.some(({ extensions }) => extensions?.code === 'THROTTLED');

function waitSeconds({ extensions }: Answer): number {
  if (extensions === undefined) return longestWaitSeconds;
  const { requestedQueryCost, throttleStatus } = extensions.cost;
  return Math.min(
    longestWaitSeconds,
    Math.max(0, requestedQueryCost - throttleStatus.currentlyAvailable) / throttleStatus.restoreRate,
  );
}

/** What an app may not see of something is null, and an error says so beside the rest: that is taken without. */
function dataOf({ data, errors = [] }: Answer): Result<unknown> {
  const isDenied = errors.some(({ extensions }) => extensions?.code === 'ACCESS_DENIED');
  const isInside = errors.every(({ path = [], extensions }) => path.length > 1 && extensions?.code === 'ACCESS_DENIED');
  if (isInside && (errors.length === 0 || hasAll(data))) return ok(data);
  const words = errors.map(({ message }) => message).join(' ');
  return refuse('provider-unavailable', `Shopify did not take the call: ${words}`, { facts: { isDenied } });
}

/** True where everything that was asked for is there; what is null in it may have been denied, or not be there. */
const hasAll = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && Object.values(data).every((one) => one !== null);
