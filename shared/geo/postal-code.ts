/** How a country's postal codes are read and put in order. */
export interface PostalRule {
  /** Characters of the part that is looked up: all of a German code, the outward part of a British one. */
  readonly length: number;
  readonly alphabet: 'digits' | 'letters and digits';
  /** Leading characters that a known code nearby must share with one that is not known; otherwise the country's middle stands for it. */
  readonly zone: number;
  /** Brings what people write to that part: other spellings, other case, the parts behind it cut off; empty when nothing is left. */
  readonly read: (text: string) => string;
}

const joined = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Digits of one length; a code that is too short has lost its leading zeros (spreadsheets do that). */
const digits = (length: number, zone: number): PostalRule => ({
  length,
  alphabet: 'digits',
  zone,
  read: (text) => padded(text.replace(/\D/g, '').slice(0, length), (found) => found.padStart(length, '0')),
});

/** Digits of which the first part alone is in use too: `01310` is short for `01310-000`. */
const extended = (length: number, zone: number): PostalRule => ({
  ...digits(length, zone),
  read: (text) => padded(text.replace(/\D/g, '').slice(0, length), (found) => found.padEnd(length, '0')),
});

/** The first characters of a code of letters and digits. */
const leading = (length: number, zone: number): PostalRule => ({
  length,
  alphabet: 'letters and digits',
  zone,
  read: (text) => joined(text).slice(0, length),
});

const padded = (found: string, pad: (found: string) => string): string => (found === '' ? '' : pad(found));

/** ZIP or ZIP+4: the first run of digits, so that a lost leading zero does not draw in the four. */
const zip: PostalRule = {
  ...digits(5, 3),
  read: (text) => padded((/\d+/.exec(text)?.[0] ?? '').slice(0, 5), (found) => found.padStart(5, '0')),
};

/** A British code's outward part: what is left without the inward part, which is always a digit and two letters. */
const outward: PostalRule = {
  ...leading(4, 1),
  read: (text) =>
    joined(text)
      .replace(/^(.{2,4})\d[A-Z]{2}$/, '$1')
      .slice(0, 4),
};

/** The countries that the table knows, in the order of its data. */
export const postalRules: Readonly<Record<string, PostalRule>> = {
  AT: digits(4, 1),
  AU: digits(4, 1),
  BE: digits(4, 1),
  BR: extended(8, 1),
  CA: leading(3, 1),
  CH: digits(4, 1),
  CZ: digits(5, 1),
  DE: digits(5, 2),
  DK: digits(4, 1),
  ES: digits(5, 2),
  FI: digits(5, 2),
  FR: digits(5, 2),
  GB: outward,
  IE: leading(3, 1),
  IT: digits(5, 2),
  LU: digits(4, 1),
  NL: digits(4, 1),
  NO: digits(4, 1),
  NZ: digits(4, 1),
  PL: digits(5, 2),
  PT: extended(7, 1),
  SE: digits(5, 1),
  US: zip,
};

/** A code that was read, as a number that sorts as the code does; fewer characters sort before more. */
export function ordinalOf(code: string, { length, alphabet }: PostalRule): number {
  if (alphabet === 'digits') return Number(code);
  let ordinal = 0;
  for (const character of code.padEnd(length))
    ordinal = ordinal * 37 + (character === ' ' ? 0 : parseInt(character, 36) + 1);
  return ordinal;
}

/** The zone of an ordinal: equal for codes that share their leading characters. */
export const zoneOf = (ordinal: number, { length, alphabet, zone }: PostalRule): number =>
  Math.floor(ordinal / (alphabet === 'digits' ? 10 : 37) ** (length - zone));
