import { carrierOf as knownCarrier } from '../../kit/carriers.ts';

/**
 * Walmart's carriers by what they are called elsewhere, letters and digits in lower case.
 * Source: https://developer.walmart.com/us-marketplace/docs/supported-carrier-names
 */
const carriers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'UPS',
      'USPS',
      'FedEx',
      'Airborne',
      'OnTrac',
      'DHL',
      'DHL Ecommerce - US',
      'LS',
      'UDS',
      'UPSMI',
      'FDX',
      'PILOT',
      'ESTES',
      'SAIA',
      'FDS Express',
      'Seko Worldwide',
      'HIT Delivery',
      'FEDEXSP',
      'RL Carriers',
      'Metropolitan Warehouse & Delivery',
      'China Post',
      'YunExpress',
      'Yellow Freight Sys',
      'AIT Worldwide Logistics',
      'Chukou1',
      'Sendle',
      'Landmark Global',
      'Sunyou',
      'Yanwen',
      '4PX',
      'GLS',
      'OSM Worldwide',
      'FIRST MILE',
      'AM Trucking',
      'CEVA',
      'India Post',
      'SF Express',
      'CNE',
      'TForce Freight',
      'AxleHire',
      'LSO',
      'Royal Mail',
      'ABF Freight System',
      'WanB',
      'Roadrunner Freight',
      'Meyer Distribution',
      'AAA Cooper',
      'Canada Post',
      'Southeastern Freight Lines',
      'Japan Post',
      'Correos de Mexico',
      'XPO Logistics',
      'JD Logistics',
      'YDH',
      'JCEX',
      'Flyt',
      'Deutsche Post',
      'Better Trucks',
      'Asendia',
      'SFC',
      'UBI',
      'ePost Global',
      'YF Logistics',
      'RXO',
      'Estes Express',
      'Shypmax',
      'WIN.IT America',
      'PITT OHIO',
      'PostNord Sweden',
      'Equick',
      'Whistl',
    ].map((name) => [plain(name), name]),
  ),
  fedexsmartpost: 'FEDEXSP',
  lasership: 'LS',
  uniteddeliveryservice: 'UDS',
  upsmailinnovations: 'UPSMI',
  dhlexpress: 'DHL',
  dhlecommerce: 'DHL Ecommerce - US',
};

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A carrier by Walmart's name for it; `undefined` for one that Walmart does not know. */
export const carrierOf = (name: string): string | undefined =>
  carriers[plain(name)] ?? carriers[plain(knownCarrier(name).name)];

/** Walmart's shipping methods, the first one for whatever is none of them. */
const methods = ['Standard', 'Express', 'OneDay', 'Freight', 'WhiteGlove', 'Value'];

/** The method that an order was bought with: what the parcel is said to go by. */
export const methodOf = (service: string | undefined): string =>
  methods.find((method) => plain(method) === plain(service ?? '')) ?? 'Standard';
