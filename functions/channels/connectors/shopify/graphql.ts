import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { post } from '../http-post.ts';

/** The version that this connector was written for; Shopify serves a version for a year: https://shopify.dev/docs/api/usage/versioning */
export const apiVersion = '2026-04';

/** How often a call waits for the cost bucket to fill again, and how long at most; after that, the queue brings it again. */
const throttledAttempts = 3;
const longestWaitSeconds = 2;

const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
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

/**
 * Calls a shop's GraphQL Admin API. Top-level `errors` (the call was not understood, or throttled) come back as refusals; the mutation's own
 * `userErrors` are in the data. A throttled call waits until the bucket holds its cost.
 * Refusal: `provider-unavailable`, with Shopify's words.
 */
export async function graphql(channel: Channel, query: string, variables: object): Promise<Result<unknown>> {
  const { channelId, endpoint, secrets } = channel;
  if (endpoint.kind !== 'shopify')
    return refuse(
      'provider-unavailable',
      `Channel ${channelId} has no Shopify endpoint. Give it one with PUT /v1/channels/${channelId}.`,
    );
  if (secrets.accessToken === undefined)
    return refuse(
      'provider-unavailable',
      `Channel ${channelId} has no access token. Give it one with PUT /v1/channels/${channelId}.`,
    );
  const url = new URL(`/admin/api/${apiVersion}/graphql.json`, endpoint.url);
  for (let attempt = 1; ; attempt += 1) {
    const response = await post(
      url,
      { 'x-shopify-access-token': secrets.accessToken },
      JSON.stringify({ query, variables }),
    );
    if (!response.ok) return response;
    const { status, text } = response.value;
    if (status !== 200) return refuse('provider-unavailable', rejected(status, channelId));
    const read = answerFrom(text);
    if (!read.ok) return read;
    if (!isThrottled(read.value)) return dataOf(read.value);
    if (attempt === throttledAttempts)
      return refuse('too-busy', 'Shopify throttles this shop; the call is made again later.');
    await pause(waitSeconds(read.value) * 1000);
  }
}

const rejected = (status: number, channelId: string): string =>
  status === 401 || status === 403
    ? `Shopify refused the access token of channel ${channelId} (${status}). Set secrets.accessToken with PUT /v1/channels/${channelId}; it needs write_inventory.`
    : `Shopify answered ${status}`;

function answerFrom(text: string): Result<Answer> {
  try {
    return ok(answer.parse(JSON.parse(text)));
  } catch {
    return refuse('provider-unavailable', 'Shopify answered something other than a GraphQL result');
  }
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

function dataOf({ data, errors = [] }: Answer): Result<unknown> {
  if (errors.length === 0) return ok(data);
  return refuse(
    'provider-unavailable',
    `Shopify did not take the call: ${errors.map(({ message }) => message).join(' ')}`,
  );
}
