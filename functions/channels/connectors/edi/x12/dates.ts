/** A day as X12 writes it, CCYYMMDD or YYMMDD, as `2026-11-22`; `undefined` when it is none. Two-digit years from 80 on are of 19xx. */
export function dayOf(text: string): string | undefined {
  const digits = /^\d{6}$/.test(text) ? `${Number(text.slice(0, 2)) < 80 ? '20' : '19'}${text}` : text;
  if (!/^\d{8}$/.test(digits)) return undefined;
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const date = new Date(`${day}T00:00:00.000Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? undefined : day;
}

/** Its first moment, UTC: X12 gives days, and no zone with them. */
export const startOf = (text: string): string | undefined => withTime(dayOf(text), '00:00:00.000');

/** Its last moment: what is due on a day is due until it ends. */
export const endOf = (text: string): string | undefined => withTime(dayOf(text), '23:59:59.000');

/** A day with a time of it, HHMM, HHMMSS or HHMMSSDD. */
export function momentOf(day: string, time: string): string | undefined {
  const [, hours, minutes, seconds = '00'] = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)?\d{0,2}$/.exec(time) ?? [];
  return withTime(dayOf(day), hours === undefined ? '00:00:00.000' : `${hours}:${minutes ?? '00'}:${seconds}.000`);
}

const withTime = (day: string | undefined, time: string) => (day === undefined ? undefined : `${day}T${time}Z`);
