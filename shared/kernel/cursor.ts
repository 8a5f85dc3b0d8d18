/** Where a page of a listing ended: the listing, and the key of the page's last item in it. */
export interface ListingPlace {
  readonly lpk: string;
  readonly lsk: string;
  readonly pk: string;
  readonly sk: string;
}

/** DynamoDB's limit for a sort key; every key of a listing keeps to it. */
const maximumKeyBytes = 1024;

const isKey = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= maximumKeyBytes;

/** A place as the opaque cursor that a client sends back. */
export const cursorOf = ({ lpk, lsk, pk, sk }: ListingPlace): string =>
  Buffer.from(JSON.stringify([lpk, lsk, pk, sk])).toString('base64url');

/** The place behind a cursor, or `undefined` when the text is none that `cursorOf` could have made. */
export function placeOf(cursor: string): ListingPlace | undefined {
  const parts = partsOf(cursor);
  if (!Array.isArray(parts) || parts.length !== 4 || !parts.every(isKey)) return undefined;
  const [lpk = '', lsk = '', pk = '', sk = ''] = parts;
  const place = { lpk, lsk, pk, sk };
  return cursorOf(place) === cursor ? place : undefined;
}

function partsOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
