/** Beginnings of files that are no text in UTF-8. */
const signatures: readonly (readonly [name: string, ...bytes: number[]])[] = [
  ['UTF-32, little-endian', 0xff, 0xfe, 0x00, 0x00],
  ['UTF-16, little-endian', 0xff, 0xfe],
  ['UTF-16, big-endian', 0xfe, 0xff],
  ['compressed with gzip', 0x1f, 0x8b],
  ['a zip archive (or an Excel workbook)', 0x50, 0x4b, 0x03, 0x04],
];
const mark = [0xef, 0xbb, 0xbf];

const beginsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** What a file is encoded in, if not in UTF-8 by its first bytes. Every second byte zero is Latin text in UTF-16 without its mark. */
export function foreignEncoding(first: Uint8Array): string | undefined {
  const known = signatures.find(([, ...signature]) => beginsWith(first, signature));
  if (known) return known[0];
  if (first.length > 1 && first[0] === 0 && first[1] !== 0) return 'UTF-16, big-endian';
  return first.length > 1 && first[1] === 0 ? 'UTF-16, little-endian' : undefined;
}

/** The first bytes without UTF-8's mark, which Excel writes. */
export const withoutMark = (first: Uint8Array): Uint8Array =>
  beginsWith(first, mark) ? first.subarray(mark.length) : first;
