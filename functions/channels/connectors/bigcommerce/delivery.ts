import { type Address } from '../../../../shared/contracts/fields.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { clean } from '../kit/texts.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type BigCommerceDocument, type BigCommercePickup } from './payload.ts';
import { addressOf, placeOf } from './people.ts';

/** Where an order goes and how, and why a person must look at that first, if so. */
export interface Destination {
  readonly shipTo: Partial<Address>;
  readonly delivery: NonNullable<OrderDraft['delivery']>;
  readonly holds: readonly string[];
}

/**
 * An order goes to one place; the first that anything goes to, where there are several: then it is held, and each line says where it goes
 * (`addressesOf`). `undefined` where BigCommerce has neither a shipping address nor a place to collect it.
 */
export function destinationOf({ order, shipping_addresses: all }: BigCommerceDocument): Destination | undefined {
  const pickups = order.consignments?.pickups ?? [];
  const used = all.filter(({ items_total: items }) => items !== 0);
  const addresses = used.length > 0 ? used : all;
  const [pickup] = pickups;
  const [address] = addresses;
  const places = pickups.length + differing(addresses.map(addressOf));
  const holds =
    places > 1
      ? [
          `The order goes to ${places} places at BigCommerce, and here to the first of them: see each line's destination, and capture an order for each with POST /v1/orders.`,
        ]
      : [];
  if (address !== undefined)
    return {
      shipTo: addressOf(address),
      delivery: { method: 'ship', ...present({ service: clean(address.shipping_method) }) },
      holds,
    };
  return pickup && { shipTo: placeOf(pickup), delivery: collected(pickup), holds };
}

/** Places in words by their ids, for orders that go to several. */
export function addressesOf({ shipping_addresses: all }: BigCommerceDocument): ReadonlyMap<string, string> {
  if (differing(all.map(addressOf)) < 2) return new Map();
  return new Map(
    all.map((one) => {
      const { name, lines = [], postalCode, city, country } = addressOf(one);
      return [one.id, [name, ...lines, postalCode, city, country].filter((part) => part !== undefined).join(', ')];
    }),
  );
}

const differing = (addresses: readonly Partial<Address>[]): number =>
  new Set(addresses.map((one) => JSON.stringify(one))).size;

function collected({
  pickup_method_display_name: service,
  collection_instructions: instructions,
  collection_time_description: time,
  location,
}: BigCommercePickup): Destination['delivery'] {
  return {
    method: 'pickup',
    ...present({
      service: clean(service),
      instructions: clean([instructions, time].filter((part) => part).join('; '), 500),
      // A location's code is the retailer's own name of it; an id is all that BigCommerce must have.
      pickupPoint: present({
        externalId: clean(location?.code, 255) ?? location?.id ?? undefined,
        name: clean(location?.name),
      }),
    }),
  };
}
