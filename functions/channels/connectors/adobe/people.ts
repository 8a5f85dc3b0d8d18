import { type Address } from '../../../../shared/contracts/fields.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { clean, kept } from '../kit/texts.ts';
import { type AdobeAddress, type AdobeOrder } from './payload.ts';

const named = (...parts: readonly (string | null | undefined)[]) => clean(parts.map((part) => part ?? '').join(' '));

/** A postal address in our form; what Adobe Commerce leaves blank is left out. */
export function addressOf(address: AdobeAddress): Partial<Address> {
  return present({
    name: named(address.firstname, address.middlename, address.lastname),
    company: clean(address.company),
    lines: (address.street ?? [])
      .map((line) => clean(line))
      .filter((line) => line !== undefined)
      .slice(0, 4),
    city: clean(address.city, 100),
    region: clean(address.region_code, 100) ?? clean(address.region, 100),
    postalCode: clean(address.postcode, 20),
    country: clean(address.country_id)?.toUpperCase(),
    phone: kept('phone', address.telephone),
    email: kept('email', address.email),
  });
}

/** Who bought; a guest has no id. */
export function customerOf(order: AdobeOrder): OrderDraft['customer'] {
  const billing = order.billing_address ?? {};
  const customer = present({
    name: named(order.customer_firstname, order.customer_lastname) ?? named(billing.firstname, billing.lastname),
    email: kept('email', order.customer_email ?? billing.email),
    phone: kept('phone', billing.telephone),
    company: clean(billing.company),
    taxId: clean(order.customer_taxvat ?? billing.vat_id, 50),
    externalId: order.customer_id ?? undefined,
  });
  return Object.keys(customer).length === 0 ? undefined : customer;
}

/** Where the bill goes, if the store says the country; without one it is no address. */
export function billToOf({ billing_address: billing }: AdobeOrder): OrderDraft['billTo'] {
  const { country, ...rest } = billing ? addressOf(billing) : {};
  return country === undefined ? undefined : { ...rest, country };
}
