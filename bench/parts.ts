import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { circumstances } from './machine.ts';
import { type Findings } from './report.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variable that makes a size smaller: `BENCH_HOLDS_SECONDS` for `holdsSeconds`. */
export const variableOf = (size: string): string =>
  `BENCH_${size.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/**
 * The full sizes, unless the environment says less.
 * @throws Error that names a variable which is no whole number above 0
 */
export function sizesOf<S extends object>(full: S, environment: Environment): S {
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
export function smallerThan(full: object, sizes: object): string | undefined {
  const usual = new Map<string, unknown>(Object.entries(full));
  const other = Object.entries(sizes).filter(([size, value]) => usual.get(size) !== value);
  return other.length === 0
    ? undefined
    : other.map(([size, value]) => `${variableOf(size)}=${String(value)}`).join(', ');
}

/**
 * The parts that `BENCH_PARTS=units,cost` names, in their own order; all without it.
 * @throws Error that names one that does not exist
 */
export function partsOf<P extends string>(parts: readonly P[], environment: Environment): readonly P[] {
  const wanted = environment['BENCH_PARTS']?.split(',') ?? [...parts];
  const unknown = wanted.filter((name) => !parts.some((part) => part === name));
  if (unknown.length > 0)
    throw new Error(`BENCH_PARTS: there is no ${unknown.join(', ')}; there are ${parts.join(', ')}`);
  return parts.filter((part) => wanted.includes(part));
}

const findings = z.object({
  notes: z.array(z.string()),
  tables: z.array(
    z.object({
      title: z.string().default(''),
      columns: z.array(z.string()),
      // A number that could not be measured is null in JSON.
      rows: z.array(z.array(z.union([z.string(), z.number(), z.null().transform(() => NaN)]))),
    }),
  ),
});
const kept = z.record(z.string(), findings);

/** Runs parts of a benchmark and keeps beside what is built what each found: a part is measured anew or told as it was, with its own date. */
export async function runParts<P extends string>(
  about: { readonly name: string; readonly parts: readonly P[]; readonly smaller: string | undefined },
  run: Readonly<Record<P, () => Promise<Findings>>>,
  say: (line: string) => void,
): Promise<Findings> {
  const { name, parts, smaller } = about;
  const file = path.resolve(import.meta.dirname, `../.build/bench/${name}.json`);
  const read = existsSync(file) ? kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  let all: Readonly<Record<string, Findings>> = read?.success ? read.data : {};
  for (const part of partsOf(parts, process.env)) {
    say(part);
    const where = `**${part}** – ${circumstances()}${smaller === undefined ? '' : ` **Not the full sizes:** ${smaller}.`}`;
    const began = performance.now();
    const { notes, tables } = await run[part]();
    const took = `It took ${((performance.now() - began) / 1000).toFixed(0)} s.`;
    all = { ...all, [part]: { notes: [`${where} ${took}`, ...notes], tables } };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(all, undefined, 2));
  }
  const found = parts.flatMap((part) => all[part] ?? []);
  return { notes: found.flatMap(({ notes }) => notes), tables: found.flatMap(({ tables }) => tables) };
}
