import { barcodeKey } from './barcode.ts';
import { type Product } from './product.ts';
import { spellingOf } from './sku-spelling.ts';

/** What finds a product: one of its barcodes, or its SKU as it may be spelled. */
export interface ProductAlias {
  readonly kind: 'barcode' | 'spelling';
  readonly value: string;
  readonly sku: string;
}

/** What finds a product. Its SKU is never another, so its spelling stays. */
export const productAliasesOf = ({ sku, barcodes = [] }: Pick<Product, 'sku' | 'barcodes'>): ProductAlias[] => [
  { kind: 'spelling', value: spellingOf(sku), sku },
  ...[...new Set(barcodes.map(barcodeKey))].map((value): ProductAlias => ({ kind: 'barcode', value, sku })),
];
