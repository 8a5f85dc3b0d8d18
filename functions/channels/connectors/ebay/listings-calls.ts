import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { type ListingAnswer } from '../../domain/listings-connector.ts';
import { rejected } from '../kit/listing-answers.ts';
import { readJson } from '../kit/read-json.ts';
import { type EbayCall, callEbay } from './api.ts';
import { errorsIn, isTheirs, wordsOf } from './errors.ts';
import { type Fields, languageOf, siteOf } from './listings-requests.ts';
import { stockRefusal } from './stock-answer.ts';

const below = '/sell/inventory/v1';

/** An offer as eBay has it: what is looked at, and all the rest of it. */
const offer = z.looseObject({
  offerId: z.string(),
  status: z.string().nullish(),
  listing: z.looseObject({ listingId: z.string().nullish() }).nullish(),
});
/** Such an offer. */
export type EbayOffer = z.output<typeof offer>;

/** An item by its SKU, `undefined` where eBay has none. Refusals: `provider-unavailable`; `invalid-request` for a SKU that eBay does not take. */
export async function readItem(connection: Connection, sku: string): Promise<Result<Fields | undefined>> {
  const path = `${below}/inventory_item/${encodeURIComponent(sku)}`;
  return found(await callEbay(connection, { operation: 'stock-read', path, as: 'user' }), z.looseObject({}));
}

/** The offer of a SKU on the channel's site, `undefined` where there is none. Refusals: the same. */
export async function readOffer(connection: Connection, sku: string): Promise<Result<EbayOffer | undefined>> {
  const query = new URLSearchParams({ sku, marketplace_id: siteOf(connection.channel), format: 'FIXED_PRICE' });
  const path = `${below}/offer?${query.toString()}`;
  const answer = await callEbay(connection, { operation: 'stock-read', path, as: 'user' });
  const read = found(answer, z.looseObject({ offers: z.array(offer).nullish() }));
  return read.ok ? ok(read.value?.offers?.[0]) : read;
}

function found<T>(answer: Result<ChannelAnswer>, schema: z.ZodType<T>): Result<T | undefined> {
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status === 404) return ok(undefined);
  const json = readJson(body);
  const read = schema.safeParse(json.ok ? json.value : undefined);
  if (status === 200 && read.success) return ok(read.data);
  const words = wordsOf(errorsIn(body));
  if (status === 400 && !isTheirs(errorsIn(body)))
    return refuse('invalid-request', `eBay does not take its SKU: ${words}`);
  return refuse('provider-unavailable', `eBay answered ${status} for what it lists (${words}). It is asked again.`);
}

/** What a write came to: eBay's answer, or the answer to the draft where eBay did not take it. */
export type Written =
  { readonly done: true; readonly body: unknown } | { readonly done: false; readonly answer: Result<ListingAnswer> };

/** Makes a call that changes a listing, each of them a revision. */
export async function write(
  connection: Connection,
  sku: string,
  { path, ...call }: Pick<EbayCall, 'path' | 'method' | 'body'>,
): Promise<Written> {
  const headers = languageOf(connection.channel);
  const answer = await callEbay(connection, {
    operation: 'listing',
    as: 'user',
    path: `${below}${path}`,
    headers,
    ...call,
  });
  if (!answer.ok) return { done: false, answer };
  const { status, body } = answer.value;
  const json = readJson(body);
  const failed =
    status >= 400 ? { statusCode: status, errors: errorsIn(body) } : failedOf(json.ok ? json.value : undefined);
  if (failed === undefined) return { done: true, body: json.ok ? json.value : undefined };
  const { statusCode, errors } = failed;
  const passing = stockRefusal(sku, statusCode, errors, connection.now());
  if (!passing.ok && passing.refusal.code === 'provider-unavailable') return { done: false, answer: passing };
  const reasons =
    errors.length > 0 ? errors.map((one) => wordsOf([one])) : [`eBay answered ${statusCode} without a reason.`];
  return { done: false, answer: rejected(...reasons) };
}

const bulk = z.looseObject({
  responses: z.array(z.looseObject({ statusCode: z.int(), errors: z.array(z.looseObject({})).nullish() })),
});

/** What failed in an answer of several, each with a status of its own. */
function failedOf(json: unknown) {
  const one = bulk.safeParse(json).data?.responses.find(({ statusCode }) => statusCode >= 300);
  return one && { statusCode: one.statusCode, errors: one.errors ?? [] };
}
