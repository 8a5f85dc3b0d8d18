/** A marketplace: where it delivers and what it sells in. */
interface Marketplace {
  readonly country: string;
  readonly currency: string;
}

/**
 * Amazon's marketplaces by id. An order whose address Amazon keeps to itself goes to the marketplace's country.
 * Source: https://developer-docs.amazon.com/sp-api/docs/marketplace-ids
 */
const marketplaces: Readonly<Record<string, Marketplace>> = {
  A2EUQ1WTGCTBG2: { country: 'CA', currency: 'CAD' },
  ATVPDKIKX0DER: { country: 'US', currency: 'USD' },
  A1AM78C64UM0Y8: { country: 'MX', currency: 'MXN' },
  A2Q3Y263D00KWC: { country: 'BR', currency: 'BRL' },
  A28R8C7NBKEWEA: { country: 'IE', currency: 'EUR' },
  A1RKKUPIHCS9HS: { country: 'ES', currency: 'EUR' },
  A1F83G8C2ARO7P: { country: 'GB', currency: 'GBP' },
  A13V1IB3VIYZZH: { country: 'FR', currency: 'EUR' },
  AMEN7PMS3EDWL: { country: 'BE', currency: 'EUR' },
  A1805IZSGTT6HS: { country: 'NL', currency: 'EUR' },
  A1PA6795UKMFR9: { country: 'DE', currency: 'EUR' },
  APJ6JRA9NG5V4: { country: 'IT', currency: 'EUR' },
  A2NODRKZP88ZB9: { country: 'SE', currency: 'SEK' },
  AE08WJ6YKNBMC: { country: 'ZA', currency: 'ZAR' },
  A1C3SOZRARQ6R3: { country: 'PL', currency: 'PLN' },
  ARBP9OOSHTCHU: { country: 'EG', currency: 'EGP' },
  A33AVAJ2PDY3EV: { country: 'TR', currency: 'TRY' },
  A17E79C6D8DWNP: { country: 'SA', currency: 'SAR' },
  A2VIGQ35RCS4UG: { country: 'AE', currency: 'AED' },
  A21TJRUUN4KGV: { country: 'IN', currency: 'INR' },
  A19VAU5U5O7RUS: { country: 'SG', currency: 'SGD' },
  A39IBJ37TRP1C6: { country: 'AU', currency: 'AUD' },
  A1VC38T7YXB528: { country: 'JP', currency: 'JPY' },
};

/** A marketplace by its id; `undefined` for one that is not known. */
export const marketplaceOf = (id: string | null | undefined): Marketplace | undefined => marketplaces[id ?? ''];

/** The country that sells in a currency; `undefined` where none or several do. */
export function countryOfCurrency(currency: string): string | undefined {
  const [first, ...others] = Object.values(marketplaces).filter((one) => one.currency === currency);
  return others.length === 0 ? first?.country : undefined;
}
