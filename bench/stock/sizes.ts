/** How much is measured. */
export interface Sizes {
  /** Reservations of one round, or the seconds that it takes at most. */
  readonly reservations: number;
  readonly roundSeconds: number;
  readonly skus: number;
  /** How long the writers of one number of stripes write. */
  readonly stripeSeconds: number;
  /** How long a pool is bought from, with nobody to stripe it by hand. */
  readonly switchSeconds: number;
  readonly holds: number;
  /** The time over which those holds end. */
  readonly holdsSeconds: number;
  /** Rows of the snapshot and positions of the audit. */
  readonly rows: number;
  /** Shelves that differ: one in so many. */
  readonly oneDriftIn: number;
}

/** The parts of the benchmark, in the order in which they run. */
export const parts = ['reservations', 'stripes', 'switch', 'units', 'expiry', 'snapshot', 'cost'] as const;
/** One of the parts. */
export type Part = (typeof parts)[number];

const full: Sizes = {
  reservations: 2_000,
  roundSeconds: 8,
  skus: 10_000,
  stripeSeconds: 10,
  switchSeconds: 120,
  holds: 2_000,
  holdsSeconds: 120,
  rows: 1_000_000,
  oneDriftIn: 100,
};

/** Names of the environment variables that make a run smaller: `BENCH_ROWS=20000`. */
export const variableOf = (size: string): string =>
  `BENCH_${size.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/**
 * The full sizes, unless the environment says less.
 * @throws Error that names a variable which is no whole number above 0
 */
export function sizesFrom(environment: Readonly<Record<string, string | undefined>>): Sizes {
  const entries = Object.entries(full).map(([size, usual]): [string, number] => {
    const text = environment[variableOf(size)];
    const value = text === undefined ? Number(usual) : Number(text);
    if (!Number.isSafeInteger(value) || value < 1)
      throw new Error(`${variableOf(size)} must be a whole number above 0`);
    return [size, value];
  });
  return { ...full, ...Object.fromEntries(entries) };
}

/** The sizes that are not the full ones, in words; nothing where all are. */
export function smallerThanFull(sizes: Sizes): string | undefined {
  const usual: Readonly<Record<string, number>> = { ...full };
  const other = Object.entries(sizes).filter(([size, value]) => usual[size] !== value);
  return other.length === 0
    ? undefined
    : other.map(([size, value]) => `${variableOf(size)}=${String(value)}`).join(', ');
}

/**
 * The parts that `BENCH_PARTS=units,cost` names; all without it.
 * @throws Error that names one that does not exist
 */
export function partsFrom(environment: Readonly<Record<string, string | undefined>>): readonly Part[] {
  const wanted = environment['BENCH_PARTS']?.split(',') ?? [...parts];
  const unknown = wanted.filter((name) => !parts.some((part) => part === name));
  if (unknown.length > 0)
    throw new Error(`BENCH_PARTS: there is no ${unknown.join(', ')}; there are ${parts.join(', ')}`);
  return parts.filter((part) => wanted.includes(part));
}
