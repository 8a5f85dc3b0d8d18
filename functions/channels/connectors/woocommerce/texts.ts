import { attributesOf, clean } from '../kit/texts.ts';
import { type WooMeta } from './payload.ts';

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  times: '×',
  hellip: '…',
};

/** Text of a person as one line: names come with HTML's entities and sometimes tags; `undefined` when nothing is left. */
export const plain = (html: string | null | undefined, maximum = 200): string | undefined =>
  clean(
    (html ?? '').replace(/<[^<>]*>/g, ' ').replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, entity),
    maximum,
  );

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named[name] ?? whole;
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}

/** The text of the first of some facts; `undefined` when none of them is there. */
export const factOf = (meta: WooMeta, ...keys: readonly string[]): string | undefined =>
  keys.map((key) => scalar(meta.find((one) => one.key === key)?.value)).find((value) => value !== undefined);

/** Facts that are not hidden (an underscore hides one from the shop's own pages), as attributes. */
export const publicFacts = (meta: WooMeta): Record<string, string> | undefined =>
  attributesOf(
    Object.fromEntries(
      meta.flatMap(({ key, value, display_key }) =>
        key === undefined || key.startsWith('_') ? [] : [[plain(display_key) ?? key, scalar(value)]],
      ),
    ),
  );

const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? plain(String(value), 500) : undefined;
