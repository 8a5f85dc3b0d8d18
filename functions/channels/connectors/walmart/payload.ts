import * as z from 'zod';

const id = z.union([z.string().min(1), z.int().transform(String)]);
const text = z.string().nullish();
/** Epoch milliseconds in the API, text in events. */
const moment = z.union([z.number(), z.string()]).nullish();
/** A moment as Walmart writes it. */
export type WalmartMoment = z.infer<typeof moment>;

/** A list; a single one may stand alone where XML was made JSON. */
const list = <T extends z.ZodType>(of: T) =>
  z
    .union([z.array(of), of.transform((one) => [one])])
    .nullish()
    .transform((all) => all ?? []);
const number = z.union([z.number(), z.string()]).nullish();
const count = z.union([z.string(), z.number()]).nullish();

const money = z.looseObject({ currency: text, amount: z.union([z.number(), z.string()]).nullish() });
const tax = z.looseObject({ taxName: text, taxAmount: money.nullish() });
const charge = z.looseObject({
  chargeType: text,
  chargeName: text,
  chargeAmount: money.nullish(),
  tax: list(tax),
  isDiscount: z.boolean().nullish(),
});
/** One charge of a line: for all its units. */
export type WalmartCharge = z.infer<typeof charge>;

const orderLine = z.looseObject({
  lineNumber: id,
  item: z.looseObject({ productName: text, sku: text, upc: text, gtin: text }),
  charges: z.looseObject({ charge: list(charge) }).nullish(),
  orderLineQuantity: z.looseObject({ amount: count }),
  statusDate: moment,
  orderLineStatuses: z
    .looseObject({
      orderLineStatus: list(
        z.looseObject({ status: text, statusQuantity: z.looseObject({ amount: count }).nullish() }),
      ),
    })
    .nullish(),
  refund: list(
    z.looseObject({
      refundId: id.nullish(),
      refundComments: text,
      refundCharges: z
        .looseObject({ refundCharge: list(z.looseObject({ refundReason: text, charge: charge.nullish() })) })
        .nullish(),
    }),
  ),
  fulfillment: z
    .looseObject({ fulfillmentOption: text, shipMethod: text, storeId: id.nullish(), shippingProgramType: text })
    .nullish(),
  intentToCancel: text,
  referenceLineId: text,
  configId: text,
  sellerOrderId: text,
  originalCarrierMethod: text,
});
/** One line; its units are in statuses, several of which may stand side by side. */
export type WalmartLine = z.infer<typeof orderLine>;

/**
 * What is used of a purchase order, API v3: `GET /v3/orders/{purchaseOrderId}`.
 * Source: https://developer.walmart.com/us-marketplace/reference/getanorder
 */
export const walmartOrder = z.looseObject({
  purchaseOrderId: id,
  customerOrderId: id.nullish(),
  customerEmailId: text,
  orderType: text,
  originalCustomerOrderID: id.nullish(),
  orderDate: moment,
  buyerId: text,
  sellerOrderId: text,
  shippingInfo: z
    .looseObject({
      phone: text,
      estimatedDeliveryDate: moment,
      estimatedShipDate: moment,
      methodCode: text,
      postalAddress: z
        .looseObject({
          name: text,
          address1: text,
          address2: text,
          city: text,
          state: text,
          postalCode: text,
          country: text,
          addressType: text,
        })
        .nullish(),
    })
    .nullish(),
  orderLines: z.looseObject({
    orderLine: z.union([z.array(orderLine).min(1), orderLine.transform((one) => [one])]),
  }),
  paymentTypes: list(z.string()),
  orderSummary: z
    .looseObject({
      totalAmount: z
        .looseObject({ currencyAmount: number, currencyUnit: text, amount: number, currency: text })
        .nullish()
        .transform((total) => ({
          amount: total?.currencyAmount ?? total?.amount,
          currency: total?.currencyUnit ?? total?.currency,
        })),
    })
    .nullish(),
  shipNode: z.looseObject({ type: text, name: text, id: id.nullish() }).nullish(),
});
/** A purchase order of Walmart, parsed. */
export type WalmartOrder = z.infer<typeof walmartOrder>;

const quantity = z.looseObject({ measurementValue: z.number().nullish() }).nullish();
const perUnit = z
  .looseObject({ currencyAmount: z.union([z.number(), z.string()]).nullish(), currencyUnit: text })
  .nullish();

/** What is used of `GET /v3/returns`. Source: https://developer.walmart.com/us-marketplace/reference/getreturns */
export const walmartReturn = z.looseObject({
  returnOrderId: id,
  returnOrderDate: text,
  returnType: text,
  returnOrderLines: z
    .array(
      z.looseObject({
        purchaseOrderId: id,
        purchaseOrderLineNumber: id,
        returnReason: text,
        quantity,
        refundedQty: z.number().nullish(),
        charges: list(
          z.looseObject({
            chargePerUnit: perUnit,
            isDiscount: z.boolean().nullish(),
            tax: list(z.looseObject({ taxPerUnit: perUnit })),
          }),
        ),
      }),
    )
    .min(1),
});
/** A return order of Walmart, parsed. */
export type WalmartReturn = z.infer<typeof walmartReturn>;
/** An amount of a return. */
export type WalmartUnitAmount = z.infer<typeof perUnit>;

/** A page of `GET /v3/orders`: `nextCursor` is a query string. Its orders are parsed when they are mapped. */
export const walmartPage = z.looseObject({
  list: z.looseObject({
    meta: z.looseObject({ nextCursor: text }).nullish(),
    elements: z.looseObject({ order: list(z.looseObject({ purchaseOrderId: id })) }).nullish(),
  }),
});

/** A page of `GET /v3/returns`; its returns are parsed whole when they are mapped. */
export const walmartReturnsPage = z.looseObject({
  meta: z.looseObject({ nextCursor: text }).nullish(),
  returnOrders: list(
    z.looseObject({ returnOrderId: id, returnOrderLines: z.array(z.looseObject({ purchaseOrderId: id })) }),
  ),
});
