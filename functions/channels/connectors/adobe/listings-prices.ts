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

type Fault = z.output<typeof fault>;
type Special = NonNullable<ReturnType<typeof specialPrice>>;
type Kept = z.output<typeof kept>[number];

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
  const sales = await setSales(connection, priced);
  if (!sales.ok) return sales;
  for (const said of [...base.value, ...sales.value]) {
    const blamed = priced.filter((draft) => isAbout(said, storeSku(draft)));
    for (const { sku } of blamed.length > 0 ? blamed : priced)
      refused.set(sku, rejected(`Adobe Commerce refused its price: ${filled(said)}`));
  }
  return ok(refused);
}

const isAbout = ({ parameters }: Fault, sku: string): boolean =>
  Object.values(parameters ?? {})
    .map(String)
    .includes(sku);

/** Ends the sales that are no more and begins those that are new. @returns what the store has against some of them */
async function setSales(connection: Connection, priced: readonly ListingDraft[]): Promise<Result<readonly Fault[]>> {
  const present = await read(connection, priced);
  if (!present.ok) return present;
  const everywhere = present.value.filter(({ store_id: store }) => store === 0);
  const wanted = new Map(priced.map((draft) => [storeSku(draft), specialPrice(draft)]));
  const over = everywhere.filter(({ sku }) => wanted.get(sku) === undefined);
  const soon = storeTime(connection, soonSeconds);
  const fresh = [...wanted.values()].flatMap((one) =>
    one === undefined || everywhere.some((there) => isSame(there, one, soon)) ? [] : [one],
  );
  const ended = await send(connection, 'special-price-delete', over);
  if (!ended.ok) return ended;
  const begun = await send(connection, 'special-price', fresh);
  if (!begun.ok) return begun;
  const again = fresh.filter((one) => begun.value.some((said) => isLate(said, one)));
  const scheduled = await schedule(connection, again, everywhere, soon);
  if (!scheduled.ok) return scheduled;
  const left = begun.value.filter((said) => !again.some((one) => isLate(said, one)));
  return ok([...ended.value, ...left, ...scheduled.value]);
}

/** True of a sale that is on, or about to be, at that price, and does not end by itself. */
const isSame = (there: Kept, { sku, price, price_to: to }: Special, soon: string): boolean =>
  there.sku === sku && there.price === price && (there.price_from ?? '') <= soon && (there.price_to ?? to) >= to;

/** How long ahead a sale is scheduled: the call must have come by then. */
const soonSeconds = 60;
const storeTime = ({ now }: Connection, inSeconds: number): string =>
  new Date(Date.parse(now()) + inSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** True where a store schedules its sales, as Adobe Commerce does and Magento Open Source does not: a start that is past, or another sale in that time. */
const isLate = (said: Fault, { sku }: Special): boolean => /Future Update/.test(said.message) && isAbout(said, sku);

/**
 * Sales as Adobe Commerce takes them: those that are there are ended, as two may not overlap, and new ones begin in a minute.
 * Source: https://developer.adobe.com/commerce/webapi/rest/modules/catalog/catalog-pricing/ (`price_from`), Magento\Staging\Model\Update\Validator
 */
async function schedule(
  connection: Connection,
  sales: readonly Special[],
  there: readonly Kept[],
  price_from: string,
): Promise<Result<readonly Fault[]>> {
  const old = there.filter((one) => sales.some(({ sku }) => sku === one.sku));
  const ended = await send(connection, 'special-price-delete', old);
  if (!ended.ok) return ended;
  const begun = await send(
    connection,
    'special-price',
    sales.map((one) => ({ ...one, price_from })),
  );
  return begun.ok ? ok([...ended.value, ...begun.value]) : begun;
}

/** Makes a call for all of some prices; none without one. */
async function send(connection: Connection, what: string, prices: readonly object[]): Promise<Result<Fault[]>> {
  if (prices.length === 0) return ok([]);
  const answer = await post(connection, `all/V1/products/${what}`, { prices });
  return answer.ok ? judged(answer.value, 'set prices', faults) : answer;
}

async function read(connection: Connection, drafts: readonly ListingDraft[]): Promise<Result<z.output<typeof kept>>> {
  const skus = drafts.map(storeSku);
  const answer = await post(connection, 'all/V1/products/special-price-information', { skus });
  return answer.ok ? judged(answer.value, 'read special prices', kept) : answer;
}
