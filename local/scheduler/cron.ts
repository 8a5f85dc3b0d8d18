const DAY_MS = 86_400_000;
/** How far ahead a next run is looked for. */
const HORIZON_DAYS = 366 * 40;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface FieldRange {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names for the values from `min` on. */
  readonly names?: readonly string[];
}

const FIELDS = {
  minutes: { name: 'minutes', min: 0, max: 59 },
  hours: { name: 'hours', min: 0, max: 23 },
  daysOfMonth: { name: 'day-of-month', min: 1, max: 31 },
  months: { name: 'month', min: 1, max: 12, names: MONTHS },
  daysOfWeek: { name: 'day-of-week', min: 1, max: 7, names: WEEKDAYS },
  years: { name: 'year', min: 1970, max: 2199 },
} satisfies Record<string, FieldRange>;

/** A parsed AWS cron expression; `undefined` stands for `?`. Days of the week count from Sunday = 1. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number> | undefined;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number> | undefined;
  readonly years: ReadonlySet<number>;
}

/**
 * Reads the six fields of an AWS cron expression, `minutes hours day-of-month month day-of-week year`, with `*`, `?`, lists,
 * ranges, steps and names. Throws for anything else; `L`, `W` and `#` are refused by name.
 */
export function parseCron(expression: string): Cron {
  const fields = expression.trim().split(/\s+/);
  const [minutes = '', hours = '', daysOfMonth = '', months = '', daysOfWeek = '', years = ''] = fields;
  if (fields.length !== 6) throw new Error(`cron(${expression}): AWS cron has six fields, not ${fields.length}`);
  if ((daysOfMonth === '?') === (daysOfWeek === '?')) {
    throw new Error(`cron(${expression}): exactly one of day-of-month and day-of-week has to be ?`);
  }
  return {
    minutes: parseField(minutes, FIELDS.minutes),
    hours: parseField(hours, FIELDS.hours),
    daysOfMonth: daysOfMonth === '?' ? undefined : parseField(daysOfMonth, FIELDS.daysOfMonth),
    months: parseField(months, FIELDS.months),
    daysOfWeek: daysOfWeek === '?' ? undefined : parseField(daysOfWeek, FIELDS.daysOfWeek),
    years: parseField(years, FIELDS.years),
  };
}

/** The first matching minute after `after`; wall-clock times are given as if they were UTC, in epoch milliseconds. */
export function nextCronTime(cron: Cron, after: number): number | undefined {
  const earliest = Math.floor(after / 60_000) * 60_000 + 60_000;
  const firstDay = Math.floor(earliest / DAY_MS) * DAY_MS;
  for (let day = firstDay; day <= firstDay + HORIZON_DAYS * DAY_MS; day += DAY_MS) {
    if (!matchesDay(cron, new Date(day))) continue;
    const time = timesOfDay(cron).find((ms) => day + ms >= earliest);
    if (time !== undefined) return day + time;
  }
  return undefined;
}

function matchesDay({ years, months, daysOfMonth, daysOfWeek }: Cron, date: Date): boolean {
  if (!years.has(date.getUTCFullYear()) || !months.has(date.getUTCMonth() + 1)) return false;
  return (daysOfMonth?.has(date.getUTCDate()) ?? true) && (daysOfWeek?.has(date.getUTCDay() + 1) ?? true);
}

/** Milliseconds after midnight, ascending. */
function timesOfDay({ hours, minutes }: Cron): number[] {
  const ascending = (values: ReadonlySet<number>): number[] => [...values].sort((a, b) => a - b);
  return ascending(hours).flatMap((hour) => ascending(minutes).map((minute) => (hour * 60 + minute) * 60_000));
}

function parseField(field: string, range: FieldRange): ReadonlySet<number> {
  return new Set(field.split(',').flatMap((part) => parsePart(part, range)));
}

function parsePart(part: string, range: FieldRange): number[] {
  const [bounds = '', step = '1'] = part.split('/');
  const [from = '', to] = bounds.split('-');
  const first = bounds === '*' ? range.min : valueOf(from, range, part);
  const last =
    bounds === '*' || (to === undefined && part.includes('/')) ? range.max : valueOf(to ?? from, range, part);
  const increment = Number(step);
  if (!Number.isInteger(increment) || increment < 1 || last < first) throw invalid(part, range);
  return Array.from({ length: Math.floor((last - first) / increment) + 1 }, (_, index) => first + index * increment);
}

function valueOf(text: string, range: FieldRange, part: string): number {
  const named = range.names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named >= 0 ? range.min + named : Number(text);
  if (text === '' || !Number.isInteger(value) || value < range.min || value > range.max) throw invalid(part, range);
  return value;
}

function invalid(part: string, { name, min, max }: FieldRange): Error {
  const special = /^\d*(L|W|LW)$|^\w+#\d$|^\w+L$/.test(part);
  if (special) return new Error(`${name} ${part}: L, W and # are not supported by the local scheduler`);
  return new Error(`${name} ${part}: values from ${min} to ${max}, *, lists, ranges and steps are allowed`);
}
