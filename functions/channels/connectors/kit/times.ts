/**
 * A time of a channel as RFC 3339 UTC with milliseconds, which compares as text; `undefined` when it is none. Reads what channels send: RFC 3339
 * with `Z` or an offset, with any number of decimals; RFC 2822 (`Thu, 20 Jun 2019 16:07:08 +0000`); and text without a zone, which is UTC
 * (Woo's `_gmt` fields). A number is not read: whether it counts seconds or milliseconds, its channel knows (`fromEpoch`).
 */
export function utc(text: string | null | undefined): string | undefined {
  if (text == null || text.trim() === '') return undefined;
  const hasZone = /(Z|[+-]\d{2}:?\d{2}|GMT|UTC)\s*$/i.test(text);
  const isIso = /^\d{4}-\d{2}-\d{2}/.test(text);
  const withTime = isIso && !/\d{2}:\d{2}/.test(text) ? `${text.trim()}T00:00:00` : text.trim();
  return iso(new Date(hasZone ? text.trim() : isIso ? `${withTime.replace(' ', 'T')}Z` : `${withTime} UTC`));
}

/** A time from a count since 1970: `seconds` (TikTok) or `milliseconds` (Walmart), as number or digits. */
export function fromEpoch(count: number | string | null | undefined, unit: 'seconds' | 'milliseconds') {
  if (count == null || count === '' || count === 0) return undefined;
  return iso(new Date(Number(count) * (unit === 'seconds' ? 1000 : 1)));
}

/** A version number as text that compares like the number. */
export const asOfNumber = (version: number): string => String(version).padStart(20, '0');

const iso = (date: Date): string | undefined => (Number.isNaN(date.getTime()) ? undefined : date.toISOString());
