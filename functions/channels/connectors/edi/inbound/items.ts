import { type LineDraft } from '../../../domain/connector.ts';

/** Qualifiers (element 235) of ids that the seller gave, best first: our own SKU; at last the maker's part number. */
const sellers = ['VN', 'VP', 'VC', 'VA', 'SK', 'MG'];
/** Of ids that the buyer gave, best first: the partner's name of the item. */
const buyers = ['IN', 'BP', 'PI', 'CB', 'SK'];
/** Of GTINs, the consumer's unit first: UPC, EAN, GTIN-14, case codes. */
const barcodes = ['UP', 'EN', 'EO', 'IB', 'UK', 'UA', 'UI', 'UC'];

type Ids = Pick<LineDraft, 'sku' | 'listing'> & { readonly attributes: Record<string, string> };

/** What a line sells, by pairs of qualifier and id; every id is kept as an attribute too. */
export function idsOf(pairs: readonly (readonly [string, string])[]): Ids {
  const ids = new Map(pairs.toReversed());
  const first = (qualifiers: readonly string[]) => qualifiers.map((one) => ids.get(one)).find((id) => id !== undefined);
  const [sku, variantId] = [first(sellers), first(buyers)];
  const barcode = barcodes.map((one) => ids.get(one) ?? '').find((id) => /^\d{8,14}$/.test(id));
  return {
    ...(sku !== undefined && { sku }),
    ...((variantId ?? barcode) && { listing: { ...(variantId && { variantId }), ...(barcode && { barcode }) } }),
    attributes: Object.fromEntries(pairs.map(([qualifier, id]) => [`id.${qualifier}`, id])),
  };
}
