import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Acknowledgements, type Offer, type Shown } from '../../../domain/availability-connector.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Listing } from '../../../../../shared/model/network/network.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { list, text } from '../fields.ts';
import { callApi, readAnswer, wordsOf } from '../sp-api.ts';
import { placeOf } from './patch.ts';

/** The most requests of one call. */
const mostRequests = 10;

const answers = z.object({
  responses: z.array(
    z.object({
      status: z.object({ statusCode: z.int(), reasonPhrase: text }),
      body: z
        .object({
          sellableQuantity: z.int().nullish(),
          actionableErrors: list(z.object({ errorType: text, errorSubType: text })),
        })
        .nullish(),
    }),
  ),
});
type Answer = z.infer<typeof answers>['responses'][number];

/** One SKU at one location. */
interface Request {
  readonly sku: string;
  readonly location: string;
  readonly uri: string;
  readonly body: object;
}

/**
 * Sets what each location has, absolutely: of two calls Amazon keeps the one with the higher `clientSequenceNumber`. A SKU is told once all its
 * locations took it. Source: https://developer-docs.amazon.com/sp-api/docs/publish-location-level-inventory
 */
export async function publishByLocation(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const requests = offers.flatMap((offer) => updatesOf(connection, offer));
  const results = await send(connection, requests);
  return new Map(offers.map(({ sku }) => [sku, answerOf(sku, connection, results)]));
}

function answerOf(sku: string, connection: Connection, results: readonly Sent[]): Result<true> {
  const own = results.filter(({ request }) => request.sku === sku);
  if (own.length === 0) return nowhere(sku, connection);
  for (const { answer } of own) if (!answer.ok) return answer;
  return ok(true);
}

const nowhere = (sku: string, { channel }: Connection): Result<never> =>
  refuse(
    'invalid-request',
    `${sku} has no location of Amazon to be told at. Map Amazon's locations to yours in \`locations\` of channel ${channel.channelId}.`,
  );

/** The requests that set a SKU at each of its locations. */
export function updatesOf(connection: Pick<Connection, 'channel'>, offer: Offer): Request[] {
  return Object.entries(offer.locations ?? {}).map(([location, quantity]) => ({
    sku: offer.sku,
    location,
    uri: uriOf('update', location, sellerSku(offer)),
    body: {
      quantity,
      clientSequenceNumber: offer.sequence,
      marketplaceAttributes: attributesOf(connection),
    },
  }));
}

const attributesOf = (connection: Pick<Connection, 'channel'>) => ({
  marketplaceId: placeOf(connection).marketplaceId,
  channelName: 'MFN',
});

const uriOf = (what: 'update' | 'fetch', location: string, sku: string): string =>
  `/inventory/${what}?locationId=${encodeURIComponent(location)}&skuId=${encodeURIComponent(sku)}`;

interface Sent {
  readonly request: Request;
  readonly answer: Result<Answer>;
}

/** Makes the requests, ten a call; each has its own answer. */
async function send(connection: Connection, requests: readonly Request[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let start = 0; start < requests.length; start += mostRequests) {
    const part = requests.slice(start, start + mostRequests);
    const answer = await sendOnce(connection, part);
    part.forEach((request, index) => {
      const one = answer.ok ? judged(request, answer.value[index]) : answer;
      sent.push({ request, answer: one });
    });
  }
  return sent;
}

async function sendOnce(connection: Connection, part: readonly Request[]): Promise<Result<readonly Answer[]>> {
  const operation = 'batchInventory';
  const requests = part.map(({ uri, body }) => ({ method: 'POST', uri, body }));
  const path = '/externalFulfillment/inventory/2024-09-11/inventories';
  const answer = await callApi(connection, { operation, method: 'POST', path, body: { requests } });
  if (!answer.ok) return answer;
  if (answer.value.status >= 400)
    return refuse(
      'provider-unavailable',
      `Amazon did not take a batch of stock by location (${wordsOf(answer.value)}). It is tried again; look whether the app has the role Direct-to-Consumer Shipping.`,
    );
  const read = readAnswer(answer.value, answers, operation);
  return read.ok ? ok(read.value.responses) : read;
}

function judged({ sku, location }: Request, answer: Answer | undefined): Result<Answer> {
  const status = answer?.status.statusCode ?? 500;
  if (answer !== undefined && status < 300) return ok(answer);
  const words = (answer?.body?.actionableErrors ?? [])
    .map(({ errorType, errorSubType }) => `${errorType ?? ''}: ${errorSubType ?? ''}`)
    .join('; ')
    .slice(0, 300);
  const detail = `Amazon did not take ${sku} at location ${location} (${status}, ${words || 'without words'}).`;
  return status === 429 || status >= 500
    ? refuse('provider-unavailable', `${detail} It is told again.`, {
        facts: { ...(status === 429 && { limit: true }) },
      })
    : refuse(
        'invalid-request',
        `${detail} Look whether Amazon lists the SKU, and whether the channel's locations are Amazon's.`,
      );
}

/** What Amazon can sell of each SKU at the channel's locations; what it does not know is left out. */
export async function readByLocation(
  connection: Connection,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> {
  const locations = Object.keys(connection.channel.locations ?? {});
  const requests = listings.flatMap((listing) =>
    locations.map((location) => ({
      sku: listing.sku,
      location,
      uri: uriOf('fetch', location, sellerSku({ sku: listing.sku, ids: listing })),
      body: { marketplaceAttributes: attributesOf(connection) },
    })),
  );
  const sent = await send(connection, requests);
  const away = sent.find(({ answer }) => !answer.ok && answer.refusal.code === 'provider-unavailable');
  if (away !== undefined && !away.answer.ok) return away.answer;
  const shown = new Map<string, Shown>();
  for (const { request, answer } of sent)
    if (answer.ok) shown.set(request.sku, withLocation(shown.get(request.sku), request, answer.value));
  return ok(shown);
}

function withLocation(before: Shown | undefined, { location }: Request, { body }: Answer): Shown {
  const quantity = body?.sellableQuantity ?? 0;
  return {
    quantity: (before?.quantity ?? 0) + quantity,
    locations: { ...before?.locations, [location]: quantity },
  };
}
