import { type Address } from '../../../../shared/contracts/fields.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { clean, kept } from '../kit/texts.ts';
import { type ShopifyAddress, type ShopifyOrder } from './payload.ts';

const fullName = ({ name, first_name, last_name }: ShopifyAddress): string | undefined =>
  clean(name) ?? clean(`${first_name ?? ''} ${last_name ?? ''}`);

/** A postal address in our form; what Shopify leaves blank is left out. The contract's parser judges it after. */
export function addressOf(at: ShopifyAddress, email?: string | null): Partial<Address> {
  return present({
    name: fullName(at),
    company: clean(at.company),
    lines: [clean(at.address1), clean(at.address2)].filter((line) => line !== undefined),
    city: clean(at.city, 100),
    region: clean(at.province_code, 100) ?? clean(at.province, 100),
    postalCode: clean(at.zip, 20),
    country: clean(at.country_code)?.toUpperCase(),
    phone: kept('phone', at.phone),
    email: kept('email', email),
  });
}

/** Who paid, where Shopify says enough of it to be an address. */
export function billToOf({ billing_address: at, email }: ShopifyOrder): OrderDraft['billTo'] {
  const { country, ...rest } = at == null ? {} : addressOf(at, email);
  return country === undefined || !/^[A-Z]{2}$/.test(country) ? undefined : { ...rest, country };
}

/** Who bought, in our form; nobody for a guest who left nothing. */
export function customerOf(order: ShopifyOrder): OrderDraft['customer'] {
  const { customer, email, phone, billing_address } = order;
  const found = present({
    name: clean(`${customer?.first_name ?? ''} ${customer?.last_name ?? ''}`),
    email: kept('email', email) ?? kept('email', customer?.email),
    phone: kept('phone', phone) ?? kept('phone', customer?.phone),
    company: clean(billing_address?.company),
    externalId: customer?.id ?? undefined,
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
