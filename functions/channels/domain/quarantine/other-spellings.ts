/** What stands between the parts of a SKU. */
const joints = ['-', '_', ' ', '.', '/', ''] as const;
/** A SKU of more parts than this is written by a machine, which does not write it differently. */
const mostParts = 10;

/**
 * How else a SKU may be written: its parts joined otherwise, in capitals, in small letters. For what can only be looked up by its exact key.
 * @returns a bounded number of texts, each once, never the SKU itself
 */
export function otherSpellings(sku: string): string[] {
  const parts = sku
    .normalize('NFKC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > mostParts) return [];
  const joined = new Set([sku.trim(), ...joints.map((joint) => parts.join(joint))]);
  const cased = [...joined].flatMap((text) => [text, text.toUpperCase(), text.toLowerCase()]);
  return [...new Set(cased)].filter((text) => text !== sku);
}
