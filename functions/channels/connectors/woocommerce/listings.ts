import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, rejected, sorted, toldInTurn } from '../kit/listing-answers.ts';
import { callShop } from './api.ts';
import { type Target, targetOf } from './availability.ts';
import {
  type WriteWeight,
  attributesWith,
  newVariationBody,
  sharedBody,
  simpleBody,
  variationBody,
} from './listings-bodies.ts';
import { type Present, type ShopProduct, findPresent, weightWriter } from './listings-read.ts';
import { plain } from './texts.ts';

/** Products and variations with their prices; variations of a parent are one variable product, and share its title, text and images. */
export const listings: ListingsConnector = { batch: 50, creates: true, publish };

/** Everything that telling drafts takes. */
interface Shop {
  readonly connection: Connection;
  readonly present: Present;
  readonly weight: WriteWeight;
}

async function publish(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<ReadonlyMap<string, Result<ListingAnswer>>> {
  const { good, answers } = sorted(connection.channel, drafts);
  if (good.length === 0) return answers;
  const present = await findPresent(connection, good);
  if (!present.ok) return new Map([...answers, ...good.map(({ sku }) => [sku, answerOf(present.refusal)] as const)]);
  const weighs = good.some(({ content }) => content.weightGrams !== undefined);
  const weight = weighs ? await weightWriter(connection) : ok(undefined);
  if (!weight.ok) return new Map([...answers, ...good.map(({ sku }) => [sku, answerOf(weight.refusal)] as const)]);
  const shop = { connection, present: present.value, weight: weight.value };
  const told = await toldInTurn(groupsOf(good, present.value), (group) => tell(shop, group));
  return new Map([...answers, ...told]);
}

/** A draft with where it is in the shop, if it is there. */
interface Placed {
  readonly draft: ListingDraft;
  readonly target?: Target | undefined;
}
interface Group {
  readonly drafts: readonly ListingDraft[];
  readonly placed: readonly Placed[];
  /** The parent's product, where these are variations; `new`: it is not there yet. */
  readonly product?: string;
}

/** Products in one call; variations with their product, whether it is there or is to be made. */
function groupsOf(drafts: readonly ListingDraft[], present: Present): Group[] {
  const ordered = drafts.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  const placed = ordered.map((draft): Placed => ({ draft, target: placeOf(draft, present) }));
  const keyOf = ({ draft: { parent, ids }, target }: Placed): string => {
    if (target !== undefined) return target.product ?? '';
    if (parent === undefined) return '';
    const named = ids.listingId === undefined ? undefined : present.byId.get(ids.listingId);
    const known = named ?? present.bySku.get(parent);
    return known === undefined ? `new ${parent}` : String(known.id);
  };
  return [...Map.groupBy(placed, keyOf)].map(([key, group]) => ({
    drafts: group.map(({ draft }) => draft),
    placed: group,
    ...(key !== '' && { product: key }),
  }));
}

/** Where a draft is: by the ids of its listing where they still are, else by its SKU. */
function placeOf({ sku, ids }: ListingDraft, { byId, bySku }: Present): Target | undefined {
  const given = targetOf(ids);
  if (given !== undefined && byId.has(given.product ?? given.id)) return given;
  const found = bySku.get(sku);
  if (found === undefined) return undefined;
  return found.parent_id ? { product: String(found.parent_id), id: String(found.id) } : { id: String(found.id) };
}

async function tell(shop: Shop, group: Group): Promise<Result<ListingAnswers>> {
  const { placed, product } = group;
  const absent = placed.filter(({ draft, target }) => target === undefined && draft.visibility === 'gone');
  const answers: ListingAnswers = new Map(absent.map(({ draft }) => [draft.sku, live()]));
  const telling = placed.filter((one) => !absent.includes(one));
  const unpriced = telling.filter(({ draft, target }) => target === undefined && draft.price === undefined);
  for (const { draft } of unpriced) answers.set(draft.sku, rejected(noPrice));
  const good = telling.filter((one) => !unpriced.includes(one));
  if (good.length === 0) return ok(answers);
  const parent = product === undefined ? ok(undefined) : await tellParent(shop, good, product);
  if (!parent.ok) return parent;
  const told = await tellAll(shop, good, parent.value);
  return told.ok ? ok(new Map([...answers, ...told.value])) : told;
}

/** Makes the product around variations, or brings it to what they share. @returns its id */
async function tellParent(
  { connection, present }: Shop,
  placed: readonly Placed[],
  product: string,
): Promise<Result<string>> {
  const drafts = placed.map(({ draft }) => draft);
  const added = placed.filter(({ target }) => target === undefined).map(({ draft }) => draft);
  const speaker =
    drafts.find(({ visibility }) => visibility === 'shown') ?? drafts.find(({ visibility }) => visibility === 'hidden');
  // Nothing is said of a product whose variations are taken off: others of it may stay.
  if (speaker === undefined) return ok(product);
  const known = present.byId.get(product);
  const isShown = speaker.visibility === 'shown';
  const body = {
    ...sharedBody(speaker, known),
    ...(added.length > 0 && { attributes: attributesWith(added, known) }),
    ...(isShown && { status: 'publish' }),
  };
  const parentSku = drafts.map(({ parent }) => parent).find((one) => one !== undefined);
  const batch = product.startsWith('new ')
    ? { create: [{ type: 'variable', ...(parentSku !== undefined && { sku: parentSku }), ...body }] }
    : { update: [{ id: Number(product), ...body }] };
  const done = await send(connection, 'products', batch);
  if (!done.ok) return done;
  const [made] = [...done.value.create, ...done.value.update];
  if (made === undefined)
    return refuse('provider-unavailable', 'The shop did not answer for a product. It is tried again.');
  return made.error == null ? ok(String(made.id)) : refuse('state-conflict', wordsOf(made.error));
}

async function tellAll(
  { connection, present, weight }: Shop,
  placed: readonly Placed[],
  product: string | undefined,
): Promise<Result<ListingAnswers>> {
  const known = placed.flatMap(({ draft, target }) => (target === undefined ? [] : [{ draft, id: target.id }]));
  const fresh = placed.flatMap(({ draft, target }) => (target === undefined ? [draft] : []));
  const bodyOf = (draft: ListingDraft, there?: ShopProduct) =>
    product === undefined ? simpleBody(draft, weight, there) : variationBody(draft, weight);
  const batch = {
    ...(known.length > 0 && {
      update: known.map(({ draft, id }) => ({
        id: Number(id),
        // Of what is taken off only that is said.
        ...(draft.visibility === 'gone' ? statusOf(bodyOf(draft)) : bodyOf(draft, present.byId.get(id))),
      })),
    }),
    ...(fresh.length > 0 && {
      create: fresh.map((draft) =>
        product === undefined ? { type: 'simple', sku: draft.sku, ...bodyOf(draft) } : newVariationBody(draft, weight),
      ),
    }),
  };
  const path = product === undefined ? 'products' : `products/${product}/variations`;
  const done = await send(connection, path, batch);
  if (!done.ok) return done;
  const answers: ListingAnswers = new Map();
  const answer = (draft: ListingDraft, one: Done | undefined) => {
    if (one === undefined) return;
    const ids = { listingId: product ?? String(one.id), variantId: String(one.id) };
    answers.set(draft.sku, one.error == null ? live(ids) : rejected(wordsOf(one.error)));
  };
  // What is made is answered in the order in which it was sent.
  fresh.forEach((draft, index) => answer(draft, done.value.create[index]));
  for (const { draft, id } of known)
    answer(
      draft,
      done.value.update.find((one) => String(one.id) === id),
    );
  return ok(answers);
}

const statusOf = ({ status }: { readonly status: string }) => ({ status });

const error = z.looseObject({ code: z.string(), message: z.string() });
const object = z.looseObject({ id: z.int(), error: error.nullish() });
type Done = z.output<typeof object>;
const answered = z.looseObject({ create: z.array(object).default([]), update: z.array(object).default([]) });

/** One batch: each object of it is done, or has its error. Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#batch-update-products */
async function send(connection: Connection, path: string, body: object): Promise<Result<z.output<typeof answered>>> {
  const call = { operation: 'listings', method: 'POST', path: `${path}/batch`, body } as const;
  const done = await callShop(connection, call, answered);
  return done.ok ? ok(done.value.data) : done;
}

const wordsOf = ({ code, message }: z.output<typeof error>): string =>
  `WooCommerce: ${plain(message, 300) ?? 'it does not say why'} (${code})`;

const noPrice = 'It is new to the shop and has no price. Give it one in a price list of the channel.';
