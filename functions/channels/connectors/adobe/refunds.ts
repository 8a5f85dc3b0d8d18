import Big from 'big.js';
import { present } from '../../../../shared/kernel/present.ts';
import { type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { readerOf } from './amounts.ts';
import { type SoldItem, isSet, isShipped, unitsOf } from './items.ts';
import { type AdobeCreditMemo, type AdobeDocument, type AdobeOrder } from './payload.ts';

type Refunds = NonNullable<SnapshotDraft['refunds']>;
type RefundLine = NonNullable<Refunds[number]['lines']>[number];

/** A credit memo that was called off. Source: Magento\Sales\Model\Order\Creditmemo, STATE_CANCELED */
const calledOff = 3;

/**
 * What the store gave back. Units that are refunded beyond those shipped never leave: Adobe Commerce has no more of them to ship; they are
 * found from the newest credit memo back. The others came back to a shelf where the memo says so, which few stores tell.
 */
export function refundsOf({ order, creditmemos }: AdobeDocument, sold: readonly SoldItem[], currency: string): Refunds {
  const unshipped = new Map(sold.filter(isShipped).map((one) => [one.item.item_id, neverShipped(one)]));
  return (creditmemos?.items ?? [])
    .filter(({ state }) => state !== calledOff)
    .toSorted((a, b) => ((b.created_at ?? '') < (a.created_at ?? '') ? -1 : 1))
    .flatMap((memo) => refundOf(memo, order, unshipped, currency))
    .toReversed();
}

/** Units of it that were refunded and have not been shipped. */
const neverShipped = (one: SoldItem): number =>
  Math.max(0, unitsOf(one, ({ qty_refunded: units }) => units) - unitsOf(one, ({ qty_shipped: units }) => units));

function refundOf(memo: AdobeCreditMemo, order: AdobeOrder, unshipped: Map<string, number>, currency: string): Refunds {
  const amount = readerOf(order, currency)(memo.base_grand_total, memo.grand_total);
  const minor = amount.round(0, Big.roundHalfUp).toNumber();
  if (minor <= 0) return [];
  const comment = memo.comments?.map((one) => clean(one.comment, 500)).find((text) => text !== undefined);
  return [
    {
      externalId: memo.entity_id,
      amount: moneyIn(currency)(minor),
      lines: (memo.items ?? []).flatMap((item) => linesOf(item, unshipped)),
      ...present({ at: utc(memo.created_at), reason: comment }),
    },
  ];
}

type MemoItem = NonNullable<AdobeCreditMemo['items']>[number];

/** A memo also names the parts of what it refunds; only what is a line of the order counts. */
function linesOf({ order_item_id: id, qty, ...item }: MemoItem, unshipped: Map<string, number>): RefundLine[] {
  const left = unshipped.get(id ?? '');
  const units = Math.trunc(qty ?? 0);
  if (id == null || left === undefined || units <= 0) return [];
  const cancelled = Math.min(units, left);
  unshipped.set(id, left - cancelled);
  const isBack = isSet(item.back_to_stock) || isSet(item.extension_attributes?.back_to_stock);
  const lines: RefundLine[] = [
    { externalLineId: id, quantity: cancelled, restock: 'cancel' },
    { externalLineId: id, quantity: units - cancelled, restock: isBack ? 'return' : 'none' },
  ];
  return lines.filter(({ quantity }) => quantity > 0);
}

/** Credit memos that are there and may not be read: `fetch` found the resource missing. */
export const refundHolds = ({ creditmemos }: AdobeDocument): string[] =>
  creditmemos === null
    ? [
        'Adobe Commerce has refunded this order, and the integration may not read credit memos: give it Sales, Operations, Credit Memos, see what was refunded, then release.',
      ]
    : [];
