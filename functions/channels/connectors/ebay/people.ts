import { type Address } from '../../../../shared/contracts/fields.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { clean, kept } from '../kit/texts.ts';
import { type EbayContact, type EbayInstruction, type EbayOrder } from './payload.ts';

/** eBay's own code of the United Kingdom in old data. */
const countryOf = (code: string | null | undefined): string | undefined => (code === 'UK' ? 'GB' : clean(code, 2));

/** An address in our form; what eBay leaves out (street and phone of orders older than 90 days) stays out. */
function addressOf(contact: EbayContact | null | undefined, first: readonly (string | undefined)[] = []) {
  const at = contact?.contactAddress;
  return present({
    name: clean(contact?.fullName),
    company: clean(contact?.companyName),
    lines: [...first, clean(at?.addressLine1), clean(at?.addressLine2)].filter((line) => line !== undefined),
    city: clean(at?.city, 100),
    region: clean(at?.stateOrProvince, 100),
    postalCode: clean(at?.postalCode, 20),
    country: countryOf(at?.countryCode),
    phone: kept('phone', contact?.primaryPhone?.phoneNumber),
    email: kept('email', contact?.email),
  });
}

/**
 * Where the parcel goes. What eBay carries on (Global Shipping, International Shipping) goes to its hub, and its reference must stand right
 * above the street: https://developer.ebay.com/api-docs/user-guides/static/trading-user-guide/global-shipping-addressing.html
 * An order that is collected in a store has no address: the country is the goods'.
 */
export function shipToOf({ buyer, lineItems }: EbayOrder, instruction: EbayInstruction | undefined): Partial<Address> {
  const step = instruction?.shippingStep;
  if (step?.shipTo != null) {
    const reference = clean(step.shipToReferenceId, 100);
    return addressOf(step.shipTo, reference === undefined ? [] : [`Reference #${reference}`]);
  }
  if (!isPickup(instruction)) return {};
  const country = lineItems[0]?.itemLocation?.countryCode ?? buyer?.taxAddress?.countryCode;
  return present({ name: clean(buyer?.buyerRegistrationAddress?.fullName), country: countryOf(country) });
}

/** True for an order that the buyer collects in a store of the seller. */
export const isPickup = (instruction: EbayInstruction | undefined): boolean =>
  instruction?.fulfillmentInstructionsType === 'PREPARE_FOR_PICKUP' || instruction?.pickupStep != null;

/** The buyer's own address, which is not where the parcel goes. */
export function billToOf({ buyer }: EbayOrder): OrderDraft['billTo'] {
  const { country, ...address } = addressOf(buyer?.buyerRegistrationAddress);
  return country === undefined || !/^[A-Z]{2}$/.test(country) ? undefined : { ...address, country };
}

/** Who bought. */
export function customerOf({ buyer }: EbayOrder): OrderDraft['customer'] {
  const contact = buyer?.buyerRegistrationAddress;
  const found = present({
    name: clean(contact?.fullName),
    company: clean(contact?.companyName),
    email: kept('email', contact?.email),
    phone: kept('phone', contact?.primaryPhone?.phoneNumber),
    taxId: clean(buyer?.taxIdentifier?.taxpayerId, 50),
    externalId: clean(buyer?.username),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
