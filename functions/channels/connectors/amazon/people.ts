import { type Address } from '../../../../shared/contracts/fields.ts';
import { clean, kept } from '../kit/texts.ts';
import { marketplaceOf } from './marketplaces.ts';
import { type AmazonOrder } from './order.ts';

/** The fields that have something in them. */
function present<T extends object>(fields: T) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/**
 * Where an order goes. Amazon keeps the address of pending, cancelled and Amazon-fulfilled orders to itself: they go to the marketplace's
 * country. So does a pickup, which is collected where the seller is.
 */
export function shipToOf({ shipTo, marketplaceId, state, fulfilledBy, pickup }: AmazonOrder): Partial<Address> {
  const isKnownToUs = state === 'open' && fulfilledBy === 'us' && pickup?.kind !== 'store';
  const country = clean(shipTo?.country)?.toUpperCase();
  const lines = (shipTo?.lines ?? []).flatMap((line) => clean(line) ?? []);
  return present({
    name: clean(shipTo?.name),
    company: clean(shipTo?.company),
    lines: [...new Set(lines)].slice(0, 4),
    city: clean(shipTo?.city, 100),
    region: clean(shipTo?.region, 100),
    postalCode: clean(shipTo?.postalCode, 20),
    country: country ?? (isKnownToUs ? undefined : marketplaceOf(marketplaceId)?.country),
    phone: kept('phone', shipTo?.phone),
  });
}

/** Who bought; nobody where Amazon does not say. */
export function customerOf({ buyer }: AmazonOrder) {
  const found = present({
    name: clean(buyer.name),
    email: kept('email', buyer.email),
    company: clean(buyer.company),
    taxId: clean(buyer.taxId, 50),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
