import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { type ListingAnswers, rejected } from '../kit/listing-answers.ts';
import { post } from './api.ts';
import { fault, filled, judged } from './judge.ts';
import { basePrice, specialPrice } from './listings-bodies.ts';
import { storeSku } from './stock.ts';

const faults = z.array(fault);
const kept = z.array(
  z.looseObject({
    price: z.number(),
    store_id: z.int(),
    sku: z.string(),
    price_from: z.string().nullish(),
    price_to: z.string().nullish(),
  }),
);

/**
 * Sets base and special prices of products that are there, and ends special prices that are no more. Each call is for all of them: what the store
 * will not have is left out by it, and named. @returns the answers of those that it refused
 * Sources: POST /V1/products/base-prices, special-price-information, special-price-delete, special-price
 */
export async function setPrices(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<Result<ListingAnswers>> {
  const refused: ListingAnswers = new Map();
  const priced = drafts.filter(({ price, visibility }) => price !== undefined && visibility !== 'gone');
  if (priced.length === 0) return ok(refused);
  const base = await send(
    connection,
    'base-prices',
    priced.flatMap((draft) => basePrice(draft) ?? []),
  );
  if (!base.ok) return base;
  const present = await read(connection, priced);
  if (!present.ok) return present;
  const wanted = new Map(priced.flatMap((draft) => [[storeSku(draft), specialPrice(draft)] as const]));
  const over = present.value.filter(({ sku, store_id: store }) => store === 0 && wanted.get(sku) === undefined);
  const fresh = [...wanted.values()].flatMap((one) =>
    one === undefined || present.value.some(({ sku, price }) => sku === one.sku && price === one.price) ? [] : [one],
  );
  const ended = over.length === 0 ? ok([]) : await send(connection, 'special-price-delete', over);
  if (!ended.ok) return ended;
  const set = fresh.length === 0 ? ok([]) : await send(connection, 'special-price', fresh);
  if (!set.ok) return set;
  for (const said of [...base.value, ...ended.value, ...set.value]) {
    const values = Object.values(said.parameters ?? {}).map(String);
    const blamed = priced.filter((draft) => values.includes(storeSku(draft)));
    for (const { sku } of blamed.length > 0 ? blamed : priced)
      refused.set(sku, rejected(`Adobe Commerce refused its price: ${filled(said)}`));
  }
  return ok(refused);
}

async function send(
  connection: Connection,
  what: string,
  prices: readonly object[],
): Promise<Result<z.output<typeof faults>>> {
  const answer = await post(connection, `all/V1/products/${what}`, { prices });
  return answer.ok ? judged(answer.value, 'set prices', faults) : answer;
}

async function read(connection: Connection, drafts: readonly ListingDraft[]): Promise<Result<z.output<typeof kept>>> {
  const skus = drafts.map(storeSku);
  const answer = await post(connection, 'all/V1/products/special-price-information', { skus });
  return answer.ok ? judged(answer.value, 'read special prices', kept) : answer;
}
