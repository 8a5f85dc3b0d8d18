import { type Address, address } from '../../../../shared/contracts/fields.ts';
import { type ShopifyAddress, type ShopifyOrder } from './payload.ts';

/** Text of a person as one line: line breaks and control characters become spaces; `undefined` when nothing is left. */
export function clean(text: string | null | undefined): string | undefined {
  const line = (text ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line === '' ? undefined : line;
}

/** An email or phone that we cannot keep is left out: it is no reason not to ship. */
const kept = (field: 'email' | 'phone', text: string | null | undefined): string | undefined => {
  const parsed = address.shape[field].safeParse(clean(text));
  return parsed.success ? parsed.data : undefined;
};

const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** Where to ship to, in our form; what Shopify leaves blank is left out. The contract's parser judges it after. */
export function shipToOf(to: ShopifyAddress, email: string | null | undefined): Partial<Address> {
  const lines = [clean(to.address1), clean(to.address2)].filter((line) => line !== undefined);
  return present({
    name: clean(to.name),
    company: clean(to.company),
    lines,
    city: clean(to.city),
    region: clean(to.province_code) ?? clean(to.province),
    postalCode: clean(to.zip),
    country: clean(to.country_code),
    phone: kept('phone', to.phone),
    email: kept('email', email),
  });
}

/** Who bought, in our form; nobody for a guest without an email. */
export function customerOf({ customer, email }: ShopifyOrder): object | undefined {
  const name = clean([customer?.first_name, customer?.last_name].map((part) => part ?? '').join(' '));
  const found = present({ name, email: kept('email', customer?.email ?? email), externalId: customer?.id });
  return Object.keys(found).length === 0 ? undefined : found;
}
