/**
 * A barcode as it is compared: UPC-A, EAN-8, EAN-13 and GTIN-14 of one trade item differ by leading zeros only, so digits of these lengths
 * are filled up to 14. Source: GS1 General Specifications, section "GTIN format in databases" (https://ref.gs1.org/standards/genspecs/).
 */
export function barcodeKey(text: string): string {
  const digits = text.replaceAll(/[\s-]/g, '');
  return /^(?:\d{8}|\d{12,14})$/.test(digits) ? digits.padStart(14, '0') : digits;
}
