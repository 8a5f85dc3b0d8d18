import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { type ListingAnswers, live, sorted, toldInTurn } from '../kit/listing-answers.ts';
import { changeProduct } from './listings-change.ts';
import { handleOf } from './listings-inputs.ts';
import { makeProduct } from './listings-make.ts';
import { type Listed, findListed, findProduct } from './listings-read.ts';
import { gid, isId } from './ids.ts';

/** Products and variants with their prices. SKUs of one product go in one call, and share its title, text and images. */
export const listings: ListingsConnector = { batch: 25, creates: true, publish };

async function publish(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<ReadonlyMap<string, Result<ListingAnswer>>> {
  const { good, answers } = sorted(connection.channel, drafts);
  if (good.length === 0) return answers;
  const listed = await findListed(connection, good);
  if (!listed.ok) return new Map([...answers, ...good.map(({ sku }) => [sku, listed] as const)]);
  const told = await toldInTurn(groupsOf(good, listed.value), (group) => tell(connection, group));
  return new Map([...answers, ...told]);
}

interface Group {
  readonly drafts: readonly ListingDraft[];
  /** What the shop has of them, by SKU. */
  readonly listed: ReadonlyMap<string, Listed>;
}

/** By product: the one that the shop has, or the one that is to be made for a parent and all of its variants. */
function groupsOf(drafts: readonly ListingDraft[], listed: ReadonlyMap<string, Listed>): Group[] {
  const productOf = ({ sku, ids: { listingId = '' } }: ListingDraft): string | undefined =>
    listed.get(sku)?.product.id ?? (isId('Product', listingId) ? gid('Product', listingId) : undefined);
  const ofParent = new Map(
    drafts.flatMap((draft) => {
      const product = productOf(draft);
      return draft.parent === undefined || product === undefined ? [] : [[draft.parent, product] as const];
    }),
  );
  const keyOf = (draft: ListingDraft): string =>
    productOf(draft) ?? ofParent.get(draft.parent ?? '') ?? `new ${handleOf(draft)}`;
  // Of two that share a product the same one speaks for it, however they come.
  const ordered = drafts.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  return [...Map.groupBy(ordered, keyOf).values()].map((group) => ({ drafts: group, listed }));
}

async function tell(connection: Connection, { drafts, listed }: Group): Promise<Result<ListingAnswers>> {
  const [first] = drafts;
  if (first === undefined) return ok(new Map());
  const product = drafts.map(({ sku }) => listed.get(sku)?.product).find((one) => one !== undefined);
  const placed = drafts.map((draft) => ({ draft, variant: listed.get(draft.sku)?.variant }));
  if (product !== undefined) return changeProduct(connection, product, placed);
  if (drafts.every(({ visibility }) => visibility === 'gone'))
    return ok(new Map(drafts.map(({ sku }) => [sku, live()])));
  // The search that found nothing may lag behind; a product is found by its id or handle at once.
  const id = drafts.map(({ ids }) => ids.listingId ?? '').find((one) => isId('Product', one));
  const found = await findProduct(
    connection,
    id === undefined ? { handle: handleOf(first) } : { id: gid('Product', id) },
  );
  if (!found.ok) return found;
  if (found.value === undefined) return makeProduct(connection, drafts);
  const { variants } = found.value;
  const again = drafts.map((draft) => ({ draft, variant: variants.find(({ sku }) => sku === draft.sku) }));
  return changeProduct(connection, found.value.product, again);
}
