import * as z from 'zod';

/*
 * The JSON of Order Network eXchange (onX), baseline 1.0 with the draft additions, as far as it is used; the rest may be there. Source: the
 * schemas of the standard, https://github.com/commerce-operations-foundation/onx-spec. Everything optional there may also be null here.
 */

const anyId = z.union([z.string().min(1), z.number().transform(String)]);
const text = z.union([z.string(), z.number().transform(String)]).nullish();
const amount = z.union([z.number(), z.string()]).nullish();

/** An address of onX. */
const address = z.looseObject({
  address1: text,
  address2: text,
  city: text,
  company: text,
  country: text,
  email: text,
  firstName: text,
  lastName: text,
  phone: text,
  stateOrProvince: text,
  zipCodeOrPostalCode: text,
  /** Draft addition: the sender's id of the place, a store's number. */
  locationIdentifier: text,
});
/** An address of onX, parsed. */
export type OnxAddress = z.infer<typeof address>;

const customFields = z.array(z.looseObject({ name: z.string(), value: text })).nullish();

const lineItem = z.looseObject({
  id: text,
  externalId: text,
  sku: anyId,
  quantity: z.number(),
  unitPrice: amount,
  unitDiscount: amount,
  totalPrice: amount,
  name: text,
  customFields,
});
/** A line of onX, parsed. */
export type OnxLine = z.infer<typeof lineItem>;

/** Payments and refunds are free objects in the standard; these are the names that senders use. */
const movement = z.looseObject({
  id: text,
  externalId: text,
  transactionId: text,
  amount,
  status: text,
  method: text,
  provider: text,
  reason: text,
  createdAt: text,
});

/** An order of onX: the entity, and what `create-sales-order` has without its `id`, `createdAt`, `updatedAt`, `tenantId`. */
export const onxOrder = z.looseObject({
  id: text,
  externalId: text,
  createdAt: text,
  updatedAt: text,
  name: text,
  status: text,
  billingAddress: address.nullish(),
  shippingAddress: address.nullish(),
  currency: text,
  customer: z
    .looseObject({
      id: text,
      externalId: text,
      email: text,
      firstName: text,
      lastName: text,
      phone: text,
      type: text,
      addresses: z.array(z.looseObject({ name: text, address: address.nullish() })).nullish(),
    })
    .nullish(),
  lineItems: z.array(lineItem),
  orderDiscount: amount,
  orderTax: amount,
  subTotalPrice: amount,
  totalPrice: amount,
  shippingPrice: amount,
  orderNote: text,
  orderSource: text,
  paymentStatus: text,
  payments: z.array(movement).nullish(),
  refunds: z.array(movement).nullish(),
  shippingCarrier: text,
  shippingClass: text,
  shippingCode: text,
  shippingNote: text,
  giftNote: text,
  incoterms: text,
  tags: z.array(z.string()).nullish(),
  customFields,
});
/** An order of onX, parsed. */
export type OnxOrder = z.infer<typeof onxOrder>;

/** The input of `update-order`: what is not in `updates` stays. */
export const onxUpdate = z.looseObject({ id: anyId, updates: z.looseObject({ status: text }) });

/**
 * The input of `cancel-order`, and nothing besides: without lines, all of it. Fulfillments and returns name an order and lines of it too, so what
 * has any other field is no cancel.
 */
export const onxCancel = z.strictObject({
  orderId: anyId,
  reason: text,
  notes: text,
  notifyCustomer: z.boolean().nullish(),
  lineItems: z.array(z.looseObject({ sku: anyId, quantity: z.number(), id: text })).nullish(),
});

/** A call of one of the standard's tools, as MCP sends it. */
export const toolCall = z.object({
  method: z.literal('tools/call'),
  params: z.object({ name: z.string(), arguments: z.unknown() }),
});
