import { type OrderDraft } from '../../domain/connector.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { clean, kept } from '../kit/texts.ts';
import { type WooAddress, type WooOrder } from './payload.ts';
import { factOf, plain } from './texts.ts';

/** Facts in which plugins keep a tax id. */
const taxIdFacts = [
  '_billing_vat',
  '_vat_number',
  '_billing_vat_number',
  '_billing_eu_vat_number',
  'vat_number',
  '_billing_cpf',
];

const nameOf = (of: WooAddress | null | undefined): string | undefined =>
  plain([of?.first_name, of?.last_name].filter((part) => part !== undefined).join(' '));

/** An address in our form; what the shop leaves blank is left out. */
export function addressOf(of: WooAddress | null | undefined): OrderDraft['shipTo'] {
  const lines = [plain(of?.address_1), plain(of?.address_2)].filter((line) => line !== undefined);
  return present({
    name: nameOf(of),
    company: plain(of?.company),
    ...(lines.length > 0 && { lines }),
    city: plain(of?.city, 100),
    region: plain(of?.state, 100),
    postalCode: clean(of?.postcode, 20),
    country: clean(of?.country)?.toUpperCase(),
    phone: kept('phone', of?.phone),
    email: kept('email', of?.email),
  });
}

/** Where it goes: the shipping address, or the billing address where the shop asks for one alone; how to reach the buyer is with the latter. */
export function shipToOf({ shipping, billing }: WooOrder, home: string): OrderDraft['shipTo'] {
  const isGiven = clean(shipping?.country) !== undefined || clean(shipping?.address_1) !== undefined;
  const to = addressOf(isGiven ? shipping : billing);
  const { phone, email, country = clean(home)?.toUpperCase() } = addressOf(billing);
  return present({ country, phone, email, ...to });
}

/** The billing address, where there is a country in it. */
export function billToOf({ billing }: WooOrder): OrderDraft['billTo'] {
  const { country, ...rest } = addressOf(billing);
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? { ...rest, country } : undefined;
}

/** Who bought; `undefined` when nothing is said. */
export function customerOf({ billing, customer_id, meta_data }: WooOrder): OrderDraft['customer'] {
  const found = present({
    name: nameOf(billing),
    email: kept('email', billing?.email),
    phone: kept('phone', billing?.phone),
    company: plain(billing?.company),
    taxId: clean(factOf(meta_data, ...taxIdFacts), 50),
    externalId: customer_id,
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
