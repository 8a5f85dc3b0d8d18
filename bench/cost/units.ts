/**
 * DynamoDB's published rules for capacity, pure. The bench prices what the database reports as consumed; these rules check that report
 * (`units.test.ts`) and weigh items.
 *
 * Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */

/** An item in DynamoDB's own form. */
export type Item = Readonly<Record<string, unknown>>;

const readUnitBytes = 4096;
const writeUnitBytes = 1024;
/** Of a list or a map; and one for each of its elements. */
const containerBytes = 3;

/** Bytes of an item: names and values, both as UTF-8. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

/** Units of reading an item; what is not there costs as much as the smallest. */
export function readUnits(bytes: number, { consistent }: { readonly consistent: boolean }): number {
  return Math.max(1, Math.ceil(bytes / readUnitBytes)) * (consistent ? 1 : 0.5);
}

/**
 * Units of writing an item: by the larger of what was and what is, twice in a transaction.
 * @param before bytes of the item that was there; 0 when there was none
 */
export function writeUnits(
  before: number,
  after: number,
  { transactional }: { readonly transactional: boolean },
): number {
  return Math.max(1, Math.ceil(Math.max(before, after) / writeUnitBytes)) * (transactional ? 2 : 1);
}

function valueBytes(value: unknown): number {
  const [type, content] = Object.entries(value as Record<string, unknown>)[0] ?? [];
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'N':
      return numberBytes(String(content));
    case 'B':
      return Buffer.byteLength(String(content), 'base64');
    case 'BOOL':
    case 'NULL':
      return 1;
    case 'L':
      return elements(content as readonly unknown[]);
    case 'M':
      return containerBytes + itemBytes(content as Item) + Object.keys(content as Item).length;
    default:
      throw new Error(`no rule for attributes of type ${type ?? 'none'}`);
  }
}

const elements = (list: readonly unknown[]): number =>
  list.reduce<number>((sum, element) => sum + valueBytes(element) + 1, containerBytes);

/** About one byte for two significant digits, one more for all, and one for a sign. */
function numberBytes(number: string): number {
  const digits = number.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1 + (number.startsWith('-') ? 1 : 0);
}
