import { type AdobeItem, type AdobeOrder } from './payload.ts';

/** An item whose units leave a shelf or are charged, with the item that has its price, and the one that names what is picked. */
export interface SoldItem {
  /** The item that counts the units, and that credit memos and shipments name. */
  readonly item: AdobeItem;
  /** The product that is picked, where that is another item: the chosen variant of a configurable product. */
  readonly picked?: AdobeItem;
  /** The fixed-price bundle that it is part of, and has its price. */
  readonly bundle?: AdobeItem;
}

/**
 * What an order's items sell, each unit once. A configurable product is one item with price and units, whose child names the variant. A
 * bundle is sold as its children, which leave the shelf: with their own prices (dynamic), or with the bundle's (fixed), which they share. A
 * grouped product is an item for each of its products already.
 * Source: Magento\Sales\Api\Data\OrderItemInterface; Magento_Bundle, price type
 */
export function soldItems({ items }: Pick<AdobeOrder, 'items'>): SoldItem[] {
  const ids = new Set(items.map(({ item_id: id }) => id));
  const childrenOf = Map.groupBy(
    items.filter((one) => isChild(one, ids)),
    (one) => one.parent_item_id ?? '',
  );
  return items
    .filter((one) => !isChild(one, ids))
    .flatMap((item): SoldItem[] => {
      const children = childrenOf.get(item.item_id) ?? [];
      if (item.product_type !== 'bundle' || children.length === 0) {
        const [picked] = children;
        return [{ item, ...(picked && { picked }) }];
      }
      const isDynamic = children.some(({ base_row_total: base, row_total: total }) => Number(base ?? total ?? 0) !== 0);
      return children.map((child) => (isDynamic ? { item: child } : { item: child, bundle: item }));
    });
}

const isChild = ({ parent_item_id: parent }: AdobeItem, ids: ReadonlySet<string>): boolean =>
  parent != null && ids.has(parent);

/** Types that have no stock. Gift cards that are posted are not virtual. */
const untouchable = ['virtual', 'downloadable'];

/** True for what leaves a shelf. */
export const isShipped = ({ item }: SoldItem): boolean =>
  !untouchable.includes(item.product_type ?? '') && !isSet(item.is_virtual);

/** A flag, which Adobe Commerce writes as 0 and 1, in places as text or true. */
export const isSet = (flag: AdobeItem['is_virtual']): boolean => flag === true || flag === 1 || flag === '1';

/** Units of a part of a fixed-price bundle that follow those of the bundle: cancelled, refunded or shipped. */
export function unitsOf({ item, bundle }: SoldItem, of: (item: AdobeItem) => number | null | undefined): number {
  const own = of(item) ?? 0;
  if (bundle === undefined || !bundle.qty_ordered) return own;
  const perBundle = (item.qty_ordered ?? 0) / bundle.qty_ordered;
  return Math.max(own, Math.round((of(bundle) ?? 0) * perBundle));
}
