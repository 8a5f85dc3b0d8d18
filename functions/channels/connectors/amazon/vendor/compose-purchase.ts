import { type Address } from '../../../../../shared/contracts/fields.ts';
import { type LineDraft, type OrderDraft } from '../../../domain/connector.ts';
import { moneyIn, sumOf } from '../../kit/amounts.ts';
import { onAccount } from '../../kit/on-account.ts';
import { attributesOf, clean, kept } from '../../kit/texts.ts';
import { utc } from '../../kit/times.ts';
import { amountsIn } from '../amounts.ts';
import { type Party, type PurchaseItem, type PurchaseOrder } from './payload.ts';

/** A purchase order with what was found out about it. */
export interface Purchase {
  readonly order: PurchaseOrder;
  /** The items that something is wanted of. */
  readonly wanted: readonly PurchaseItem[];
  readonly currency: string;
  /** Where the units go, as ISO 3166-1 alpha-2 code. */
  readonly country: string;
}

/**
 * Puts a wholesale order together. Amazon gives no total: it is the sum of units × net cost.
 * @throws RangeError when a cost cannot be read exactly
 */
export function composePurchase({ order, wanted, currency, country }: Purchase): OrderDraft {
  const { purchaseOrderNumber, orderDetails: details } = order;
  const lines = wanted.map((item) => lineOf(item, currency));
  const placedAt = utc(details.purchaseOrderDate);
  const attributes = attributesOf(factsOf(order));
  const billTo = details.billToParty?.address;
  const instructions = clean(details.importDetails?.shippingInstructions, 500);
  const totalMinor = sumOf(lines.map(({ quantity, unitPrice }) => quantity * unitPrice.amount));
  return {
    externalId: purchaseOrderNumber,
    ...(placedAt !== undefined && { placedAt }),
    currency,
    customer: customerOf(details.buyingParty),
    shipTo: { ...addressOf(details.shipToParty), country },
    ...(billTo?.countryCode != null && { billTo: { ...addressOf(details.billToParty), country: billTo.countryCode } }),
    delivery: { method: 'ship', ...(instructions !== undefined && { instructions }) },
    promised: promisedOf(order),
    lines,
    total: moneyIn(currency)(totalMinor),
    payments: onAccount({ currency, lines }, clean(details.paymentMethod, 80) ?? 'Invoice'),
    holds: doubtsOf(wanted).map((reason) => ({ reason })),
    ...(attributes && { attributes }),
  };
}

/** Cases are counted as the units in them. */
const unitsOf = ({ amount, unitOfMeasure, unitSize }: PurchaseItem['orderedQuantity']): number =>
  /^cases$/i.test(unitOfMeasure ?? '') ? amount * (unitSize ?? 1) : amount;

function lineOf(item: PurchaseItem, currency: string): LineDraft {
  const { vendorProductIdentifier: own, amazonProductIdentifier: asin, orderedQuantity: ordered } = item;
  const attributes = attributesOf({
    asin,
    ordered: `${ordered.amount} ${ordered.unitOfMeasure ?? ''}`,
    unitSize: ordered.unitSize,
    backOrderAllowed: item.isBackOrderAllowed,
    listPrice: item.listPrice && `${item.listPrice.amount} ${item.listPrice.currency}`,
    costPer: item.netCost?.per,
  });
  return {
    sku: own ?? undefined,
    listing: {
      ...(asin != null && asin !== '' && { variantId: asin }),
      ...(own != null && /^\d{8,14}$/.test(own) && { barcode: own }),
    },
    externalLineId: item.itemSequenceNumber,
    quantity: unitsOf(ordered),
    unitPrice: moneyIn(currency)(amountsIn(currency)(item.netCost)),
    ...(attributes && { attributes }),
  };
}

function customerOf(buyer: Party): NonNullable<OrderDraft['customer']> {
  const [name, taxId, partyId] = [
    clean(buyer?.address?.name),
    clean(buyer?.taxInfo?.taxRegistrationNumber, 50),
    clean(buyer?.partyId),
  ];
  return {
    company: name ?? 'Amazon',
    ...(taxId !== undefined && { taxId }),
    ...(partyId !== undefined && { externalId: partyId }),
  };
}

/** An address of Amazon's; where there is none, its code is the name that carriers and the routing guide know it by. */
function addressOf(of: Party): Omit<Address, 'country' | 'lines'> & { lines: string[] } {
  const { partyId, address } = of ?? {};
  const [name, code] = [clean(address?.name), clean(partyId)];
  const parts = {
    name: name ?? (code === undefined ? 'Amazon' : `Amazon ${code}`),
    city: clean(address?.city, 100),
    region: clean(address?.stateOrRegion, 100),
    postalCode: clean(address?.postalCode, 20),
    phone: kept('phone', address?.phone),
  };
  const lines = [
    address?.addressLine1,
    address?.addressLine2,
    address?.addressLine3,
    address?.county ?? address?.district,
  ];
  return {
    ...Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
    lines: lines.flatMap((line) => clean(line) ?? []),
  };
}

/** `2019-08-21T07:00:00Z--2019-08-27T07:00:00Z` as its two ends. */
const windowOf = (window: string | null | undefined) => (window ?? '').split('--').map(utc);

function promisedOf({
  orderDetails: { shipWindow, deliveryWindow },
}: PurchaseOrder): NonNullable<OrderDraft['promised']> {
  const [, shipBy] = windowOf(shipWindow);
  const [deliverFrom, deliverBy] = windowOf(deliveryWindow);
  return {
    ...(shipBy !== undefined && { shipBy }),
    ...(deliverFrom !== undefined && { deliverFrom }),
    ...(deliverBy !== undefined && { deliverBy }),
  };
}

/** What keeps the sum from being certain. */
function doubtsOf(items: readonly PurchaseItem[]): string[] {
  const unpriced = items.filter(({ netCost }) => netCost === undefined).map((one) => one.itemSequenceNumber);
  const weighed = items.filter(({ netCost }) => netCost?.per !== undefined).map((one) => one.itemSequenceNumber);
  return [
    ...(unpriced.length > 0
      ? [
          `The items ${unpriced.join(', ')} have no net cost: agree on it in Vendor Central, then release.`.slice(
            0,
            500,
          ),
        ]
      : []),
    ...(weighed.length > 0
      ? [
          `The items ${weighed.join(', ')} are priced by weight: the invoice tells what they cost, then release.`.slice(
            0,
            500,
          ),
        ]
      : []),
  ];
}

const factsOf = ({ purchaseOrderState, orderDetails: details }: PurchaseOrder) => ({
  program: 'vendor',
  purchaseOrderState,
  purchaseOrderType: details.purchaseOrderType,
  paymentMethod: details.paymentMethod,
  dealCode: details.dealCode,
  buyingParty: details.buyingParty?.partyId,
  sellingParty: details.sellingParty?.partyId,
  shipToParty: details.shipToParty?.partyId,
  billToParty: details.billToParty?.partyId,
  shipWindow: details.shipWindow,
  deliveryWindow: details.deliveryWindow,
  methodOfPayment: details.importDetails?.methodOfPayment,
  incoterms: details.importDetails?.internationalCommercialTerms,
  portOfDelivery: details.importDetails?.portOfDelivery,
  containers: details.importDetails?.importContainers,
});
