import { carrierOf as knownCarrier } from '../../kit/carriers.ts';

/**
 * Amazon's carrier codes by what carriers are called elsewhere, letters and digits in lower case: the ones whose tracking Amazon reads.
 * Source: https://developer-docs.amazon.com/sp-api/docs/confirm-the-shipment-status
 */
const codes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'USPS',
      'UPS',
      'FedEx',
      'DHL',
      'DHL eCommerce',
      'OnTrac',
      'LaserShip',
      'Royal Mail',
      'DPD',
      'GLS',
      'EVRI',
      'Parcelforce',
      'Yodel',
      'Deutsche Post',
      'La Poste',
      'Colissimo',
      'Chronopost',
      'Mondial Relay',
      'Correos',
      'SEUR',
      'Poste Italiane',
      'BRT',
      'SDA',
      'PostNL',
      'bpost',
      'PostNord',
      'Canada Post',
      'Purolator',
      'Australia Post',
      'Japan Post',
      'YAMATO',
      'SAGAWA',
      'China Post',
      '4PX',
      'Yanwen',
      'SF Express',
      'Asendia',
      'Aramex',
      'TNT',
    ].map((code) => [plain(code), code]),
  ),
  dhlexpress: 'DHL',
};

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A carrier as Amazon wants it: its code, or `Other` and its name. */
export function carrierOf(name: string): { readonly carrierCode: string; readonly carrierName?: string } {
  const code = codes[plain(name)] ?? codes[plain(knownCarrier(name).name)];
  return code === undefined ? { carrierCode: 'Other', carrierName: name } : { carrierCode: code };
}
