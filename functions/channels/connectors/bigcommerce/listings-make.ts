import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, rejected } from '../kit/listing-answers.ts';
import { send } from './api.ts';
import { judged, saidIn } from './judge.ts';
import { type WriteWeight, newProduct } from './listings-bodies.ts';
import { findParent } from './listings-read.ts';

const made = z.looseObject({
  data: z.looseObject({
    id: z.int(),
    base_variant_id: z.int().nullish(),
    variants: z.array(z.looseObject({ id: z.int(), sku: z.string().nullish() })).nullish(),
  }),
});

/**
 * The JSON of an answer to a call that was carried out wholly; refusals as of `judged`, and `state-conflict` where a part of it failed (207).
 * Source: https://docs.bigcommerce.com/developer/docs/overview/api-fundamentals/status-codes
 */
export function wholly<T>(answer: ChannelAnswer, what: string, of: z.ZodType<T>): Result<T> {
  if (answer.status !== 207) return judged(answer, what, of);
  const said = saidIn(answer) || 'it does not say which; look at the product there';
  return refuse('state-conflict', `BigCommerce could not do all of what it was told, to ${what}: ${said}.`);
}

/**
 * Makes one product of drafts that the store does not have: with variants where they have a parent. A variant cannot be put beside those that
 * a product has without changing its options, which are the store's own: that is left to a person.
 * Source: POST /v3/catalog/products
 */
export async function makeProduct(
  connection: Connection,
  drafts: readonly ListingDraft[],
  weight: WriteWeight,
): Promise<Result<ListingAnswers>> {
  const answers: ListingAnswers = new Map();
  for (const { sku, visibility, price } of drafts)
    if (visibility === 'gone') answers.set(sku, live());
    else if (price === undefined) answers.set(sku, rejected(noPrice));
  const good = drafts.filter(({ sku }) => !answers.has(sku));
  const speaker = good.find(({ visibility }) => visibility === 'shown') ?? good[0];
  if (speaker === undefined) return ok(answers);
  const parent = speaker.parent === undefined ? ok(undefined) : await findParent(connection, speaker.parent);
  if (!parent.ok) return parent;
  if (parent.value !== undefined) {
    for (const { sku } of good) answers.set(sku, rejected(addByHand(sku, parent.value)));
    return ok(answers);
  }
  const answer = await send(connection, 'POST', 'v3/catalog/products', newProduct(good, speaker, weight));
  const came = answer.ok ? wholly(answer.value, 'make a product', made) : answer;
  if (!came.ok) return ok(new Map([...answers, ...good.map(({ sku }) => [sku, answerOf(came.refusal)] as const)]));
  const { id, variants, base_variant_id: base } = came.value.data;
  for (const { sku } of good) {
    const variantId = variants?.find((one) => one.sku === sku)?.id ?? base;
    answers.set(sku, live({ listingId: String(id), ...(variantId != null && { variantId: String(variantId) }) }));
  }
  return ok(answers);
}

const noPrice = 'It is new to the store and has no price. Give it one in a price list of the channel.';
const addByHand = (sku: string, product: number): string =>
  `Product ${product} is in BigCommerce already, without a variant ${sku}. Add one with this SKU there, then retry: it is found by it.`;
