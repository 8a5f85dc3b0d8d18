import { orderIdFrom } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { latenessSeconds } from '../../../shared/model/ledger/lateness.ts';
import { type LedgerPage, type LedgerPorts, type OrderParts } from '../ports.ts';
import { type Span, newestFirst } from './newest-first.ts';
import { markIn, pageOf } from './page.ts';
import { type LedgerQuery, type Reading } from './read-ledger.ts';

/**
 * Who moved what for an order: entries of its SKUs from its capture to its last change whose reference is the order, one of its fulfillment
 * orders, one of its returns, or the hold that it was captured from. Refusals: `not-found`, `invalid-request` (a foreign cursor).
 */
export const readOrderLedger =
  (ports: Reading & Pick<LedgerPorts, 'orderParts'>) =>
  async (orderId: string, { cursor, limit }: Pick<LedgerQuery, 'cursor' | 'limit'>): Promise<LedgerPage> => {
    const listing = `ORDER#${orderId}`;
    const before = markIn(cursor, listing);
    if (!before.ok) return before;
    const parts = await ports.orderParts(orderId);
    if (parts === undefined) return refuse('not-found', `There is no order ${orderId}.`);
    const skus = [...new Set(parts.order.lines.map(({ sku }) => sku))];
    const places = (await Promise.all(skus.map((sku) => ports.places(sku)))).flat();
    const span: Span = { ...spanOf(parts), ...(before.value && { before: before.value }) };
    return pageOf(newestFirst(ports, places, span), listing, limit, ({ reference }) => isOf(parts.order, reference));
  };

/** No hold lives longer than a day. */
const longestHoldSeconds = 24 * 3600;

const isOf = ({ orderId, stockHoldId }: OrderParts['order'], reference: string): boolean =>
  reference === orderId || reference === stockHoldId || orderIdFrom(reference) === orderId;

function spanOf({ order, fulfillmentOrders, returns }: OrderParts): Pick<Span, 'from' | 'to'> {
  const last =
    [order, ...fulfillmentOrders, ...returns]
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1) ?? '';
  const heldSeconds = order.stockHoldId === undefined ? 0 : longestHoldSeconds;
  return {
    from: plusSeconds(order.capturedAt, -latenessSeconds - heldSeconds),
    to: plusSeconds(last, latenessSeconds),
  };
}
