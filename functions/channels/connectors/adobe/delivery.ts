import { type Address } from '../../../../shared/contracts/fields.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { clean } from '../kit/texts.ts';
import { type AdobeOrder } from './payload.ts';
import { addressOf } from './people.ts';

/** Where an order goes and how, and why a person must look at that first, if so. */
export interface Destination {
  readonly shipTo: Partial<Address>;
  readonly delivery: NonNullable<OrderDraft['delivery']>;
  readonly holds: readonly string[];
}

/**
 * The place of an order's first shipping assignment; an order with several is held. The method is `carrier_method`; in-store pickup is
 * `instore_pickup`, its address that of the store. `undefined` for an order without a shipping address.
 * Source: Magento\Sales\Api\Data\ShippingAssignmentInterface; Magento_InventoryInStorePickupSalesApi
 */
export function destinationOf(order: AdobeOrder): Destination | undefined {
  const { shipping_assignments: all, pickup_location_code: ofOrder } = order.extension_attributes ?? {};
  const assignments = (all ?? []).flatMap(({ shipping }) => (shipping?.address ? [shipping] : []));
  const [first] = assignments;
  if (first?.address == null) return undefined;
  const service = present({ service: clean(order.shipping_description) ?? clean(first.method) });
  const pickupCode = clean(ofOrder ?? first.address.extension_attributes?.pickup_location_code, 255);
  const isPickup = pickupCode !== undefined || first.method === 'instore_pickup';
  const places = new Set(assignments.map(({ address }) => JSON.stringify(address))).size;
  return {
    shipTo: addressOf(first.address),
    delivery: isPickup
      ? { method: 'pickup', ...service, ...(pickupCode !== undefined && { pickupPoint: { externalId: pickupCode } }) }
      : { method: 'ship', ...service },
    holds:
      places > 1
        ? [
            `The order goes to ${places} places at Adobe Commerce, and here to the first of them: capture an order for each with POST /v1/orders.`,
          ]
        : [],
  };
}
