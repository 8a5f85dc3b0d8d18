import * as z from 'zod';
import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { type ListingAnswers, answerOf, live, rejected, sorted, toldInTurn } from '../kit/listing-answers.ts';
import { type BatchAnswer, splitRefused } from '../kit/split-refused.ts';
import { callSquare, wordsOf } from './api.ts';
import { changedItem, newItem, temporaryId } from './listings-objects.ts';
import { type Catalog, type Item, findByName, findCatalog } from './listings-read.ts';

/** Items with their variations and prices. Square takes 1,000 objects in a batch; an item has up to 250 variations. */
export const listings: ListingsConnector = { batch: 20, creates: true, publish };

async function publish(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<ReadonlyMap<string, Result<ListingAnswer>>> {
  const { good, answers } = sorted(connection.channel, drafts);
  if (good.length === 0) return answers;
  const ordered = good.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  const catalog = await findCatalog(connection, ordered);
  if (!catalog.ok) return new Map([...answers, ...good.map(({ sku }) => [sku, answerOf(catalog.refusal)] as const)]);
  const changes: Change[] = [];
  const prepared = await toldInTurn(groupsOf(ordered, catalog.value), async (group) => {
    const change = await changeOf(connection, catalog.value, group);
    if (change.ok && change.value.object !== undefined) changes.push({ ...change.value, object: change.value.object });
    return change.ok ? ok(change.value.answers) : change;
  });
  const saved = await save(connection, changes);
  return new Map([...answers, ...prepared, ...saved]);
}

interface Group {
  readonly drafts: readonly ListingDraft[];
  readonly itemId?: string;
}

/** By item: the one that a variation is in, that the listing names, or that siblings are in. */
function groupsOf(drafts: readonly ListingDraft[], { variations, items }: Catalog): Group[] {
  const itemOf = ({ sku, ids: { listingId = '' } }: ListingDraft): string | undefined =>
    variations.get(sku)?.item_variation_data.item_id ?? (items.has(listingId) ? listingId : undefined);
  const ofParent = new Map(
    drafts.flatMap((draft) => {
      const itemId = itemOf(draft);
      return draft.parent === undefined || itemId === undefined ? [] : [[draft.parent, itemId] as const];
    }),
  );
  const placed = drafts.map((draft) => ({ draft, itemId: itemOf(draft) ?? ofParent.get(draft.parent ?? '') }));
  const groups = Map.groupBy(placed, ({ draft, itemId }) => itemId ?? `new ${draft.parent ?? ` ${draft.sku}`}`);
  return [...groups.values()].map((group) => ({
    drafts: group.map(({ draft }) => draft),
    ...(group[0]?.itemId !== undefined && { itemId: group[0].itemId }),
  }));
}

/** An item to be saved, with the answers of its drafts once it is. */
interface Change {
  readonly object: Item;
  readonly drafts: readonly ListingDraft[];
}
interface Prepared {
  readonly object?: Item;
  readonly drafts: readonly ListingDraft[];
  /** Answers that need no call, and those that count once the object is saved. */
  readonly answers: ListingAnswers;
}

async function changeOf(connection: Connection, catalog: Catalog, group: Group): Promise<Result<Prepared>> {
  const answers: ListingAnswers = new Map();
  for (const { sku, visibility, price } of group.drafts) {
    if (catalog.variations.has(sku)) continue;
    if (visibility === 'gone') answers.set(sku, live());
    else if (price === undefined) answers.set(sku, rejected(noPrice));
  }
  const drafts = group.drafts.filter(({ sku }) => !answers.has(sku));
  const speaker = drafts.find(({ visibility }) => visibility === 'shown') ?? drafts[0];
  if (speaker === undefined) return ok({ drafts, answers });
  const item = await itemFor(connection, catalog, group, speaker);
  if (!item.ok) {
    if (item.refusal.code === 'provider-unavailable') return item;
    for (const { sku } of drafts) answers.set(sku, answerOf(item.refusal));
    return ok({ drafts, answers });
  }
  const before = item.value;
  const object = before === undefined ? newItem(drafts, speaker) : changedItem(before, drafts, catalog.variations);
  for (const draft of drafts) answers.set(draft.sku, live(idsOf(object, draft, new Map())));
  // What is so already is not sent again.
  const isSame = before !== undefined && canonicalJson(before) === canonicalJson(object);
  return ok({ drafts, answers, ...(!isSame && { object }) });
}

/** The item that drafts belong to; of a parent whose siblings are not told now, the one of its name. `undefined`: it is new. */
async function itemFor(
  connection: Connection,
  { items }: Catalog,
  { itemId }: Group,
  { parent, content }: ListingDraft,
): Promise<Result<Item | undefined>> {
  if (itemId !== undefined) return ok(items.get(itemId));
  if (parent === undefined) return ok(undefined);
  const named = await findByName(connection, content.title);
  if (!named.ok) return named;
  if (named.value.length < 2) return ok(named.value[0]);
  return refuse(
    'state-conflict',
    `Several items of the seller are called ${content.title}. Say which one ${parent} is: put the listing with its listingId.`,
  );
}

const upserted = z.looseObject({
  id_mappings: z.array(z.looseObject({ client_object_id: z.string(), object_id: z.string() })).optional(),
});

/** All items in one call; where Square refuses it, in halves until the item that is to blame stands alone. */
async function save(connection: Connection, changes: readonly Change[]): Promise<ListingAnswers> {
  const ids = new Map<string, string>();
  const saved = await splitRefused(changes, (some) => upsert(connection, some, ids));
  return new Map(
    changes.flatMap((change) => {
      const answer = saved.get(change);
      return change.drafts.map((draft) => [
        draft.sku,
        answer?.ok === false ? answerOf(answer.refusal) : live(idsOf(change.object, draft, ids)),
      ]);
    }),
  );
}

/** Source: https://developer.squareup.com/reference/square/catalog-api/batch-upsert-catalog-objects; each batch of it is all or nothing. */
async function upsert(
  connection: Connection,
  some: readonly Change[],
  ids: Map<string, string>,
): Promise<BatchAnswer<Change>> {
  const batches = some.map(({ object }) => ({ objects: [object] }));
  // One call, made again after its answer was lost, is one; an hour later it may be meant anew.
  const key = sha256Hex(canonicalJson([connection.channel.channelId, connection.now().slice(0, 13), batches])).slice(
    0,
    45,
  );
  const body = { idempotency_key: key, batches };
  const call = { operation: 'listings', path: '/v2/catalog/batch-upsert', body, answersErrors: true };
  const answer = await callSquare(connection, call);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  const { errors, json } = answer.value;
  if (errors !== undefined) {
    const isStale = errors.some(({ code }) => code === 'VERSION_MISMATCH');
    const words = `Square: ${wordsOf(errors)}`;
    const { refusal } = isStale
      ? refuse('provider-unavailable', `${words}. Somebody changed the item meanwhile; it is read and told again.`)
      : refuse('invalid-request', words);
    return { kind: 'refused', refusal };
  }
  for (const one of upserted.safeParse(json).data?.id_mappings ?? []) ids.set(one.client_object_id, one.object_id);
  return { kind: 'answered', answers: new Map(some.map((change) => [change, ok<true>(true)])) };
}

/** The ids of a draft in an item that is saved. */
function idsOf(object: Item, { sku }: ListingDraft, given: ReadonlyMap<string, string>): ListingDraft['ids'] {
  const own = object.item_data.variations?.find(
    ({ id, item_variation_data: data }) => id === temporaryId(sku) || data.sku === sku,
  );
  const [listingId, variantId] = [given.get(object.id) ?? object.id, own && (given.get(own.id) ?? own.id)];
  return {
    ...(!listingId.startsWith('#') && { listingId }),
    ...(variantId !== undefined && !variantId.startsWith('#') && { variantId }),
  };
}

const noPrice = 'It is new to the seller and has no price. Give it one in a price list of the channel.';
