import { type Address } from '../../../../shared/contracts/fields.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { clean, kept } from '../kit/texts.ts';
import { type BigCommerceAddress, type BigCommerceOrder, type BigCommercePickup } from './payload.ts';

const nameOf = ({ first_name: first, last_name: last }: BigCommerceAddress) => clean(`${first ?? ''} ${last ?? ''}`);

/** A postal address in our form; what BigCommerce leaves blank is left out. */
export function addressOf(address: BigCommerceAddress): Partial<Address> {
  return present({
    name: nameOf(address),
    company: clean(address.company),
    lines: linesOf(address.street_1, address.street_2),
    city: clean(address.city, 100),
    region: clean(address.state, 100),
    postalCode: clean(address.zip, 20),
    country: clean(address.country_iso2)?.toUpperCase(),
    phone: kept('phone', address.phone),
    email: kept('email', address.email),
  });
}

/** The address of the place where an order is collected. */
export function placeOf({ location }: BigCommercePickup): Partial<Address> {
  return present({
    company: clean(location?.name),
    lines: linesOf(location?.address_line_1, location?.address_line_2),
    city: clean(location?.city, 100),
    region: clean(location?.state, 100),
    postalCode: clean(location?.postal_code, 20),
    country: clean(location?.country_alpha2)?.toUpperCase(),
    phone: kept('phone', location?.phone),
    email: kept('email', location?.email),
  });
}

/** Who bought; a guest has the id 0. */
export function customerOf({ customer_id: id, billing_address: billing }: BigCommerceOrder): OrderDraft['customer'] {
  const customer = present({
    name: billing ? nameOf(billing) : undefined,
    email: kept('email', billing?.email),
    phone: kept('phone', billing?.phone),
    company: clean(billing?.company),
    externalId: id == null || id === '0' ? undefined : id,
  });
  return Object.keys(customer).length === 0 ? undefined : customer;
}

const linesOf = (...lines: readonly (string | null | undefined)[]): string[] =>
  lines.map((line) => clean(line)).filter((line) => line !== undefined);
