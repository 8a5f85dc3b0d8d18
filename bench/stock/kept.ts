import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { type Findings } from '../report.ts';
import { type Part, parts } from './sizes.ts';

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
const kept = z.partialRecord(z.enum(parts), findings);
/** What each part found when it last ran. */
export type Kept = Readonly<Partial<Record<Part, Findings>>>;

/** Beside what is built: a part is measured anew or told as it was, with its own date and circumstances. */
const file = path.resolve(import.meta.dirname, '../../.build/bench/stock.json');

/** What was found before; nothing where it is missing or of another form. */
export function readKept(from = file): Kept {
  if (!existsSync(from)) return {};
  const read = kept.safeParse(JSON.parse(readFileSync(from, 'utf8')));
  return read.success ? read.data : {};
}

/** Keeps what was found now, beside what the other parts found before. */
export function keep(found: Kept, to = file): Kept {
  const all = { ...readKept(to), ...found };
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, JSON.stringify(all, undefined, 2));
  return all;
}

/** All parts as one section, in their order. */
export function together(all: Kept): Findings {
  const found = parts.flatMap((part) => all[part] ?? []);
  return { notes: found.flatMap(({ notes }) => notes), tables: found.flatMap(({ tables }) => tables) };
}
