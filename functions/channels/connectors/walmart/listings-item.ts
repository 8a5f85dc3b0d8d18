import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type ListingPrice } from '../../../../shared/contracts/network/listing-content.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer } from '../../domain/listings-connector.ts';
import { live } from '../kit/listing-answers.ts';
import { callWalmart } from './api.ts';
import { notTaken, readAnswer } from './errors.ts';
import { type KnownItem, priceOf } from './listings-spec.ts';

const item = z.looseObject({
  ItemResponse: z
    .array(
      z.looseObject({
        productType: z.string().nullish(),
        gtin: z.string().nullish(),
        upc: z.string().nullish(),
        lifecycleStatus: z.string().nullish(),
      }),
    )
    .min(1),
});

const pathOf = (sku: string): string => `/v3/items/${encodeURIComponent(sku)}`;

/** What Walmart has under a SKU; `undefined` where it has nothing. Refusals: `provider-unavailable`; any other is final. */
export async function readItem(connection: Connection, sku: string): Promise<Result<KnownItem | undefined>> {
  const answer = await callWalmart(connection, { operation: 'readItem', path: pathOf(sku) });
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(undefined);
  if (answer.value.status !== 200) return notTaken(`a question for ${sku}`, answer.value, 'Look at the SKU.');
  const read = readAnswer(answer.value, item, 'readItem');
  if (!read.ok) return read;
  const [one] = read.value.ItemResponse;
  return ok({
    productType: one?.productType ?? undefined,
    gtin: one?.gtin ?? one?.upc ?? undefined,
    isRetired: /^(retired|archived)$/i.test(one?.lifecycleStatus ?? ''),
  });
}

/** Sets what an item costs; buyers see it within five minutes. */
export async function putPrice(connection: Connection, sku: string, price: ListingPrice): Promise<Result<true>> {
  const answer = await callWalmart(connection, {
    operation: 'putPrice',
    method: 'PUT',
    path: '/v3/price',
    body: priceOf(sku, price),
  });
  if (!answer.ok) return answer;
  return answer.value.status === 200
    ? ok(true)
    : notTaken(`the price of ${sku}`, answer.value, 'Correct the price and publish it again.');
}

/** Takes an item off: Walmart keeps it, and nobody can buy it. Source: https://developer.walmart.com/us-marketplace/reference/retireanitem */
export async function retire(connection: Connection, sku: string): Promise<Result<ListingAnswer>> {
  const answer = await callWalmart(connection, { operation: 'retireItem', method: 'DELETE', path: pathOf(sku) });
  if (!answer.ok) return answer;
  if (answer.value.status === 200 || answer.value.status === 404) return live();
  return notTaken(`that ${sku} is taken off`, answer.value, 'Retire it in Seller Center.');
}
