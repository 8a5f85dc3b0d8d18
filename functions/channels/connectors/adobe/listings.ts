import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, rejected, sorted, toldInTurn } from '../kit/listing-answers.ts';
import { post, put } from './api.ts';
import { judged } from './judge.ts';
import { type WriteWeight, newProductBody, productBody } from './listings-bodies.ts';
import { setPrices } from './listings-prices.ts';
import { findSkus, websiteId, weightWriter } from './listings-read.ts';
import { storeSku } from './stock.ts';

/**
 * Products by the store's SKUs, in all store views. A product without options is made where it is not there; of a configurable one, variants that
 * are there are changed. Prices take 20 entities a call, as stores allow it unless told otherwise.
 */
export const listings: ListingsConnector = { batch: 20, creates: true, publish };

async function publish(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<ReadonlyMap<string, Result<ListingAnswer>>> {
  const { good, answers } = sorted(connection.channel, drafts);
  if (good.length === 0) return answers;
  const told = await publishGood(connection, good);
  const refused = (sku: string) => [sku, told.ok ? live() : answerOf(told.refusal)] as const;
  return new Map([...answers, ...(told.ok ? told.value : good.map(({ sku }) => refused(sku)))]);
}

async function publishGood(connection: Connection, drafts: readonly ListingDraft[]): Promise<Result<ListingAnswers>> {
  const found = await findSkus(connection, drafts.map(storeSku));
  if (!found.ok) return found;
  const weighs = drafts.some(({ content }) => content.weightGrams !== undefined);
  const weight = weighs ? await weightWriter(connection) : ok(undefined);
  if (!weight.ok) return weight;
  const isThere = (draft: ListingDraft) => found.value.has(storeSku(draft));
  const answers: ListingAnswers = new Map();
  for (const draft of drafts) {
    const answer = isThere(draft) ? undefined : answerWithoutCall(draft);
    if (answer !== undefined) answers.set(draft.sku, answer);
  }
  const fresh = drafts.filter((draft) => !isThere(draft) && !answers.has(draft.sku));
  const made = fresh.length === 0 ? new Map<string, never>() : await make(connection, fresh, weight.value);
  const isMade = ({ sku }: ListingDraft) => {
    const answer = made.get(sku);
    return answer?.ok === true && answer.value.kind === 'live';
  };
  const prices = await setPrices(
    connection,
    drafts.filter((draft) => isThere(draft) || isMade(draft)),
  );
  // What has no price yet may be there already: that it was made is not said before its price is.
  if (!prices.ok) return prices;
  const known = drafts.filter((draft) => isThere(draft) && !prices.value.has(draft.sku));
  const changed = await change(connection, known, weight.value);
  return ok(new Map([...answers, ...made, ...changed, ...prices.value]));
}

/** What is not in the store and cannot be made there. */
function answerWithoutCall({ sku, visibility, parent, price }: ListingDraft): Result<ListingAnswer> | undefined {
  if (visibility === 'gone') return live();
  if (parent !== undefined)
    return rejected(
      `The store has no SKU ${sku}. Add it as a configuration of ${parent} in Admin (Catalog, Products), or put the listing with the store's SKU as inventoryItemId; then retry.`,
    );
  if (price === undefined)
    return rejected('It is new to the store and has no price. Give it one in a price list of the channel.');
  return undefined;
}

async function make(
  connection: Connection,
  drafts: readonly ListingDraft[],
  weight: WriteWeight,
): Promise<ListingAnswers> {
  const website = await websiteId(connection);
  if (!website.ok) return new Map(drafts.map(({ sku }) => [sku, answerOf(website.refusal)]));
  return each(drafts, 'make a product', (draft) =>
    post(connection, 'all/V1/products', newProductBody(draft, weight, website.value)),
  );
}

const change = (
  connection: Connection,
  drafts: readonly ListingDraft[],
  weight: WriteWeight,
): Promise<ListingAnswers> =>
  each(drafts, 'change a product', (draft) =>
    put(connection, `all/V1/products/${encodeURIComponent(storeSku(draft))}`, productBody(draft, weight)),
  );

/** One call for each. */
const each = (
  drafts: readonly ListingDraft[],
  what: string,
  call: (draft: ListingDraft) => ReturnType<typeof post>,
): Promise<ListingAnswers> =>
  toldInTurn(
    drafts.map((draft) => ({ draft, drafts: [draft] })),
    async ({ draft }) => {
      const answer = await call(draft);
      const came = answer.ok ? judged(answer.value, what, z.looseObject({})) : answer;
      return came.ok ? ok(new Map([[draft.sku, live({ inventoryItemId: storeSku(draft) })]])) : came;
    },
  );
