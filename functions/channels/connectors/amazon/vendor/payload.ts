import * as z from 'zod';
import { decimal, text } from '../fields.ts';

/** Per unit, or per unit of weight where `unitOfMeasure` says so. */
const cost = z
  .object({ amount: decimal, currencyCode: text, unitOfMeasure: text })
  .nullish()
  .transform((value) =>
    value?.amount == null || value.currencyCode == null
      ? undefined
      : { amount: value.amount, currency: value.currencyCode, per: value.unitOfMeasure ?? undefined },
  );

const party = z
  .object({
    partyId: text,
    address: z
      .object({
        name: text,
        addressLine1: text,
        addressLine2: text,
        addressLine3: text,
        city: text,
        county: text,
        district: text,
        stateOrRegion: text,
        postalCode: text,
        countryCode: text,
        phone: text,
      })
      .nullish(),
    taxInfo: z.object({ taxRegistrationNumber: text }).nullish(),
  })
  .nullish();

const item = z.object({
  itemSequenceNumber: z.string().min(1),
  amazonProductIdentifier: text,
  vendorProductIdentifier: text,
  /** `Cases` of `unitSize` units each, or `Eaches`. */
  orderedQuantity: z.object({ amount: z.int().min(0), unitOfMeasure: text, unitSize: z.int().min(1).nullish() }),
  isBackOrderAllowed: z.boolean().nullish(),
  netCost: cost,
  listPrice: cost,
});

const wanted = { shipWindow: text, deliveryWindow: text, items: z.array(item).nullish() };

/**
 * A purchase order of Amazon to a vendor, as far as it is used: the X12 850 as JSON. Windows are `from--to`; parties are named by Amazon's codes,
 * and by address for imports only. Windows and items are in the details; one example of Amazon's has them beside these, and is read too.
 * Source: https://github.com/amzn/selling-partner-api-models/blob/main/models/vendor-orders-api-model/vendorOrders.json (Order)
 */
export const purchaseOrder = z
  .object({
    purchaseOrderNumber: z.string().min(1),
    purchaseOrderState: text,
    ...wanted,
    orderDetails: z.object({
      ...wanted,
      purchaseOrderDate: z.string(),
      purchaseOrderChangedDate: text,
      purchaseOrderStateChangedDate: text,
      purchaseOrderType: text,
      importDetails: z
        .object({
          methodOfPayment: text,
          internationalCommercialTerms: text,
          portOfDelivery: text,
          importContainers: text,
          shippingInstructions: text,
        })
        .nullish(),
      dealCode: text,
      paymentMethod: text,
      buyingParty: party,
      sellingParty: party,
      shipToParty: party,
      billToParty: party,
    }),
  })
  .transform(({ shipWindow, deliveryWindow, items, orderDetails, ...order }) => ({
    ...order,
    orderDetails: {
      ...orderDetails,
      shipWindow: orderDetails.shipWindow ?? shipWindow,
      deliveryWindow: orderDetails.deliveryWindow ?? deliveryWindow,
      items: orderDetails.items ?? items ?? [],
    },
  }));

/** A purchase order. */
export type PurchaseOrder = z.output<typeof purchaseOrder>;
/** One of its items. */
export type PurchaseItem = PurchaseOrder['orderDetails']['items'][number];
/** One of its parties. */
export type Party = PurchaseOrder['orderDetails']['shipToParty'];
