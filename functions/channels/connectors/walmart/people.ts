import { type Address } from '../../../../shared/contracts/fields.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { clean, kept } from '../kit/texts.ts';
import { type WalmartOrder } from './payload.ts';

/** Walmart writes ISO 3166-1 alpha-3; these are where its marketplaces ship to. */
const alpha2: Readonly<Record<string, string>> = {
  USA: 'US',
  CAN: 'CA',
  MEX: 'MX',
  CHL: 'CL',
  PRI: 'PR',
  GUM: 'GU',
  VIR: 'VI',
  ASM: 'AS',
  MNP: 'MP',
};

/** Where an order goes that names no country: its marketplace is the only one of its currency. */
const marketOf: Readonly<Record<string, string>> = { USD: 'US', CAD: 'CA', MXN: 'MX', CLP: 'CL' };

/** Where it goes; the buyer's email is a relay of Walmart's. */
export function shipToOf({ shippingInfo, customerEmailId }: WalmartOrder, currency: string): Partial<Address> {
  const at = shippingInfo?.postalAddress;
  const country = clean(at?.country, 3)?.toUpperCase();
  return present({
    name: clean(at?.name),
    lines: [clean(at?.address1), clean(at?.address2)].filter((line) => line !== undefined),
    city: clean(at?.city, 100),
    region: clean(at?.state, 100),
    postalCode: clean(at?.postalCode, 20),
    country: country === undefined ? marketOf[currency] : (alpha2[country] ?? country),
    phone: kept('phone', shippingInfo?.phone),
    email: kept('email', customerEmailId),
  });
}

/** Who bought: Walmart tells no more than the name on the parcel, a phone for the carrier and the relay. */
export function customerOf({ shippingInfo, customerEmailId, buyerId }: WalmartOrder): OrderDraft['customer'] {
  const found = present({
    name: clean(shippingInfo?.postalAddress?.name),
    email: kept('email', customerEmailId),
    phone: kept('phone', shippingInfo?.phone),
    externalId: clean(buyerId),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
