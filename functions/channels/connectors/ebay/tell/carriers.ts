import { carrierOf } from '../../kit/carriers.ts';

/**
 * eBay's codes of carriers by our names, both without case and punctuation. Source: ShippingCarrierCodeType,
 * https://developer.ebay.com/devzone/xml/docs/reference/ebay/types/ShippingCarrierCodeType.html
 */
const codes: Readonly<Record<string, string>> = {
  ups: 'UPS',
  usps: 'USPS',
  fedex: 'FedEx',
  dhl: 'DHL',
  dhlexpress: 'DHL',
  deutschepost: 'DeutschePost',
  dpd: 'DPD',
  gls: 'GLS',
  hermes: 'Hermes',
  royalmail: 'RoyalMail',
  parcelforce: 'Parcelforce',
  chronopost: 'Chronopost',
  tnt: 'TNT',
};

/** eBay's code of a carrier; one that it has no code for goes by its own name, of which eBay takes letters, digits, spaces and hyphens. */
export function carrierCode(carrier: string): string {
  const plain = carrier
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9 -]/g, '')
    .trim();
  return codes[keyOf(plain)] ?? codes[keyOf(carrierOf(carrier).name)] ?? (plain === '' ? 'Other' : plain);
}

const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[ -]/g, '');

/** A tracking number as eBay takes it: letters and digits alone. */
export const plainNumber = (trackingNumber: string): string => trackingNumber.replaceAll(/[^A-Za-z0-9]/g, '');
