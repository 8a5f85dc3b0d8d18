import { type ListingDraft } from '../../domain/listings-connector.ts';
import { type Item, type Variation } from './listings-read.ts';

/** Parts of an item that Crossdock itself decides, or that would contradict its description; attributes do not reach them. */
const ours = ['name', 'description', 'description_html', 'description_plaintext', 'variations', 'is_archived'];

/** What stands for a variation that has no id yet: Square answers which id it gave it. */
export const temporaryId = (sku: string): string => `#${sku}`;

/** An item brought to what drafts say of it; everything else of it as it is, as Square takes an object only whole. */
export function changedItem(item: Item, drafts: readonly ListingDraft[], of: ReadonlyMap<string, Variation>): Item {
  const byVariation = new Map(
    drafts.flatMap((draft) => {
      const own = of.get(draft.sku);
      return own === undefined ? [] : [[own.id, draft] as const];
    }),
  );
  const added = drafts.filter(({ sku, visibility }) => !of.has(sku) && visibility !== 'gone');
  const variations = [
    ...(item.item_data.variations ?? []).map((one) => {
      const draft = byVariation.get(one.id);
      return draft === undefined ? one : changedVariation(one, draft, item);
    }),
    ...added.map((draft) => newVariation(draft, item.id)),
  ];
  const isOver = variations.every(isNowhere);
  const speaker =
    drafts.find(({ visibility }) => visibility === 'shown') ?? drafts.find(({ visibility }) => visibility === 'hidden');
  // An item is put away with the last of its variations, which then stay where they are: it comes back as it was, with what is told to come back.
  const kept = isOver ? variations.map((one) => putAway(one, item)) : variations;
  return {
    ...item,
    item_data: {
      ...item.item_data,
      ...(speaker && texts(speaker, item)),
      variations: kept,
      ...(isOver ? { is_archived: true } : speaker && item.item_data['is_archived'] === true && { is_archived: false }),
    },
  };
}

function texts({ content }: ListingDraft, item?: Item): Record<string, unknown> {
  const { title, description, attributes = {} } = content;
  const own = Object.fromEntries(Object.entries(attributes).filter(([name]) => !ours.includes(name)));
  if (description === undefined || description === item?.item_data['description_html']) return { ...own, name: title };
  // The older fields say the same; sent beside the new text they would contradict it.
  return {
    ...own,
    name: title,
    description_html: description,
    description: undefined,
    description_plaintext: undefined,
  };
}

/** A new item. Square gives ids for those that begin with `#`. */
export const newItem = (drafts: readonly ListingDraft[], speaker: ListingDraft): Item => {
  const id = `#item ${speaker.parent ?? speaker.sku}`;
  return {
    type: 'ITEM',
    id,
    present_at_all_locations: true,
    item_data: { ...texts(speaker), variations: drafts.map((draft) => newVariation(draft, id)) },
  };
};

/** What is sold of it, tracked so that nothing is sold before its stock is told. */
const newVariation = (draft: ListingDraft, itemId: string): Variation => ({
  type: 'ITEM_VARIATION',
  id: temporaryId(draft.sku),
  present_at_all_locations: true,
  item_variation_data: {
    item_id: itemId,
    sku: draft.sku,
    name: Object.values(draft.content.options ?? {}).join(', ') || 'Regular',
    ...terms(draft),
    stockable: true,
    track_inventory: true,
  },
});

/** Square has no price to strike through: what is paid is told. */
const terms = ({ price, visibility, ids }: ListingDraft) => ({
  ...(price && { pricing_type: 'FIXED_PRICING', price_money: { ...price.price } }),
  ...(ids.barcode !== undefined && { upc: ids.barcode }),
  sellable: visibility === 'shown',
});

function changedVariation(one: Variation, draft: ListingDraft, item: Item): Variation {
  if (draft.visibility === 'gone') return { ...one, present_at_all_locations: false, present_at_location_ids: [] };
  const back = isNowhere(one)
    ? {
        present_at_all_locations: item.present_at_all_locations ?? true,
        present_at_location_ids: item.present_at_location_ids ?? [],
      }
    : {};
  return { ...one, ...back, item_variation_data: { ...one.item_variation_data, ...terms(draft) } };
}

/** A variation of an item that is put away: where it was, and nobody can buy it until it is told to be shown. */
function putAway(one: Variation, { item_data: { variations = [] } }: Item): Variation {
  const before = variations.find(({ id }) => id === one.id) ?? one;
  return { ...before, item_variation_data: { ...before.item_variation_data, sellable: false } };
}

const isNowhere = (one: Variation): boolean =>
  one.present_at_all_locations === false && (one.present_at_location_ids ?? []).length === 0;
