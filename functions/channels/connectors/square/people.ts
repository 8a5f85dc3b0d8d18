import { type Address } from '../../../../shared/contracts/fields.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { clean, kept } from '../kit/texts.ts';
import { type SquareAddress, type SquareRecipient } from './payload.ts';

/** A postal address in our form. Source: https://developer.squareup.com/reference/square/objects/Address */
export function addressOf(at: SquareAddress, who?: SquareRecipient): Partial<Address> {
  const lines = [at?.address_line_1, at?.address_line_2, at?.address_line_3].map((line) => clean(line));
  return present({
    name: clean(who?.display_name) ?? clean(`${at?.first_name ?? ''} ${at?.last_name ?? ''}`),
    lines: lines.filter((line) => line !== undefined),
    city: clean(at?.locality, 100),
    region: clean(at?.administrative_district_level_1, 100),
    postalCode: clean(at?.postal_code, 20),
    country: countryOf(at?.country),
    phone: kept('phone', who?.phone_number),
    email: kept('email', who?.email_address),
  });
}

/** `ZZ` is Square's for a country that it does not know: https://developer.squareup.com/reference/square/enums/Country */
function countryOf(code: string | null | undefined): string | undefined {
  const country = clean(code)?.toUpperCase();
  return country === 'ZZ' ? undefined : country;
}

/** Who bought: whom the order names, else whoever gets it; nobody for a sale at a till without a name. */
export function customerOf(customerId: string | null | undefined, who: SquareRecipient): OrderDraft['customer'] {
  const found = present({
    name: clean(who?.display_name),
    email: kept('email', who?.email_address),
    phone: kept('phone', who?.phone_number),
    externalId: clean(customerId) ?? clean(who?.customer_id),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
