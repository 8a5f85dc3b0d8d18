/** A SKU without what people write differently: letters and digits alone, in lower case. A text without any stays as it is. */
export function spellingOf(sku: string): string {
  const folded = sku.normalize('NFKC').toLowerCase();
  return folded.replaceAll(/[^\p{L}\p{N}]+/gu, '') || folded.trim();
}
