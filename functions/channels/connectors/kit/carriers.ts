/** Carriers that channels have codes for, by what their names look like; the first that fits counts. */
const known = [
  ['usps', 'USPS', /\busps\b|\bu\.?s\.? postal|united states postal/i],
  ['ups', 'UPS', /\bups\b|united parcel/i],
  ['fedex', 'FedEx', /fed\s?ex|federal express/i],
  ['dhl-ecommerce', 'DHL eCommerce', /dhl.*(e-?commerce|global\s?mail)/i],
  ['dhl-parcel', 'DHL', /dhl.*(paket|parcel)|deutsche post/i],
  ['dhl', 'DHL Express', /\bdhl\b/i],
  ['canada-post', 'Canada Post', /canada\s?post|postes canada/i],
  ['australia-post', 'Australia Post', /australia\s?post|auspost/i],
  ['royal-mail', 'Royal Mail', /royal\s?mail/i],
  ['purolator', 'Purolator', /purolator/i],
  ['ontrac', 'OnTrac', /on\s?trac/i],
  ['lasership', 'LaserShip', /laser\s?ship/i],
  ['dpd', 'DPD', /\bdpd\b/i],
  ['gls', 'GLS', /\bgls\b/i],
  ['hermes', 'Evri', /\bevri\b|hermes/i],
  ['tnt', 'TNT', /\btnt\b/i],
] as const;

/** One of the carriers that channels have codes for. */
export type CarrierKey = (typeof known)[number][0];

/** A carrier as it was named by whoever sent the parcel, and which one that is, where channels know it. */
export interface Carrier {
  readonly key?: CarrierKey;
  /** As buyers know it; as it was named, where it is none of the known ones. */
  readonly name: string;
}

/** Recognizes a carrier by its name: `ups_ground`, `United Parcel Service` and `UPS` are one. */
export function carrierOf(text: string): Carrier {
  const words = text.replaceAll(/[_-]+/g, ' ');
  const found = known.find(([, , pattern]) => pattern.test(words));
  return found === undefined ? { name: text } : { key: found[0], name: found[1] };
}
