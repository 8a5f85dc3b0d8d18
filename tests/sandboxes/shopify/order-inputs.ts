import * as z from 'zod';

/** Whose order it is. */
export const orderId = z.object({ orderId: z.string() });
/** Variables of `fulfillmentCreate`. */
export const fulfillmentInput = z.object({
  fulfillment: z.strictObject({
    lineItemsByFulfillmentOrder: z.array(
      z.strictObject({
        fulfillmentOrderId: z.string(),
        fulfillmentOrderLineItems: z.array(z.strictObject({ id: z.string(), quantity: z.int() })).optional(),
      }),
    ),
    trackingInfo: z
      .strictObject({ company: z.string().optional(), number: z.string().optional(), url: z.url().optional() })
      .optional(),
    notifyCustomer: z.boolean().optional(),
  }),
});
/** Variables of `fulfillmentOrderMove`. */
export const moveInput = z.strictObject({
  id: z.string(),
  newLocationId: z.string(),
  fulfillmentOrderLineItems: z.array(z.strictObject({ id: z.string(), quantity: z.int().positive() })),
});
/** Variables of `fulfillmentOrderLineItemsPreparedForPickup`. */
export const preparedInput = z.object({
  input: z.strictObject({
    lineItemsByFulfillmentOrder: z.array(z.strictObject({ fulfillmentOrderId: z.string() })),
  }),
});
/** Variables of `orderCancel`. */
export const cancelInput = z.strictObject({
  orderId: z.string(),
  reason: z.enum(['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'OTHER', 'STAFF']),
  restock: z.boolean(),
  notifyCustomer: z.boolean().optional(),
  staffNote: z.string().optional(),
});
/** Variables of `metafieldsSet`. */
export const metafieldsInput = z.object({
  metafields: z.array(
    z.strictObject({
      ownerId: z.string(),
      namespace: z.string(),
      key: z.string().max(64),
      type: z.literal('json'),
      value: z.string(),
    }),
  ),
});
/** Variables of `refundCreate`, with the key of its directive. */
export const refundInput = z.object({
  idempotencyKey: z.uuid(),
  input: z.strictObject({
    orderId: z.string(),
    note: z.string(),
    notify: z.boolean(),
    refundLineItems: z.array(
      z.strictObject({ lineItemId: z.string(), quantity: z.int(), restockType: z.literal('NO_RESTOCK') }),
    ),
    transactions: z.array(
      z.strictObject({
        orderId: z.string(),
        kind: z.literal('REFUND'),
        gateway: z.string(),
        parentId: z.string(),
        amount: z.string(),
      }),
    ),
  }),
});
