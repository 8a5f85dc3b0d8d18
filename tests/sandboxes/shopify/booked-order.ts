/** Units of a line that a location is to send. */
interface FulfillmentLine {
  readonly id: string;
  readonly lineItem: { readonly id: string };
  remainingQuantity: number;
}
/** What one location is to send of an order. */
export interface BookedFulfillmentOrder {
  readonly id: string;
  status: string;
  readonly deliveryMethod: { readonly methodType: string };
  assignedLocation: { readonly location: { readonly id: string } };
  readonly lineItems: { readonly nodes: FulfillmentLine[] };
}
/** An order with all that an app can do to it. */
export interface BookedOrder {
  readonly id: string;
  readonly updatedAt: string;
  cancelledAt: string | null;
  readonly lineItems: { readonly nodes: { id: string; currentQuantity: number; refundableQuantity: number }[] };
  readonly fulfillmentOrders: { readonly nodes: BookedFulfillmentOrder[] };
  readonly fulfillments: object[];
  readonly refunds: object[];
  readonly transactions: object[];
  metafield: { value: string } | null;
  readonly metafields: Record<string, string>;
}

/** A global id. */
export const gid = (kind: string, id: number | string): string => `gid://shopify/${kind}/${id}`;
/** An amount in the shop's currency. */
export const shopMoney = (amount: string) => ({ amountSet: { shopMoney: { amount, currencyCode: 'USD' } } });

/** An order of lines of one fulfillment order each location, paid by card. */
export function bookedOrder(
  id: number,
  lines: readonly { readonly id: number; readonly quantity: number; readonly locationId?: number }[],
  { methodType = 'SHIPPING', paid = '100.00' } = {},
): BookedOrder {
  const places = Map.groupBy(lines, ({ locationId = 1 }) => locationId);
  return {
    id: gid('Order', id),
    updatedAt: '2026-11-20T09:00:00Z',
    cancelledAt: null,
    lineItems: {
      nodes: lines.map((line) => ({
        id: gid('LineItem', line.id),
        currentQuantity: line.quantity,
        refundableQuantity: line.quantity,
      })),
    },
    fulfillmentOrders: {
      nodes: [...places].map(([place, at]) => ({
        id: gid('FulfillmentOrder', id * 100 + place),
        status: 'OPEN',
        deliveryMethod: { methodType },
        assignedLocation: { location: { id: gid('Location', place) } },
        lineItems: {
          nodes: at.map((line) => ({
            id: gid('FulfillmentOrderLineItem', line.id * 10),
            lineItem: { id: gid('LineItem', line.id) },
            remainingQuantity: line.quantity,
          })),
        },
      })),
    },
    fulfillments: [],
    refunds: [],
    transactions: [
      {
        ...{ id: gid('OrderTransaction', id * 10 + 1), kind: 'SALE', status: 'SUCCESS', gateway: 'shopify_payments' },
        ...{ parentTransaction: null, ...shopMoney(paid) },
      },
    ],
    metafield: null,
    metafields: {},
  };
}
