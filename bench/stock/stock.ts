import { type Bench } from '../bench.ts';
import { type Findings } from '../report.ts';
import { type RunPart } from './part.ts';
import { expiry } from './expiry.ts';
import { reservations } from './reservations.ts';
import { snapshot } from './snapshot.ts';
import { switching } from './switch.ts';
import { units } from './units.ts';
import { stripes } from './stripes.ts';
import { type Part, partsFrom, sizesFrom, smallerThanFull } from './sizes.ts';

const run: Partial<Record<Part, RunPart>> = { reservations, stripes, switch: switching, units, expiry, snapshot };

/** Stock under load, at scale and on the bill. */
export const stock: Bench = {
  name: 'stock',
  about:
    'Reservations per second, stripes against the limits of DynamoDB, write units of each movement, expiry of holds, a snapshot and an audit of a million positions, and the bill.',
  run: async (say) => {
    const sizes = sizesFrom(process.env);
    const wanted = partsFrom(process.env);
    const smaller = smallerThanFull(sizes);
    const notes = [smaller === undefined ? [] : [`**Not the full sizes:** ${smaller}.`]].flat();
    const found: Findings[] = [];
    for (const part of wanted) {
      say(part);
      found.push(await attempt(part, () => run[part]?.(sizes, say) ?? Promise.resolve({ notes: [], tables: [] })));
    }
    return {
      notes: [...notes, ...found.flatMap((one) => one.notes)],
      tables: found.flatMap(({ tables }) => tables),
    };
  },
};

/** What could not be measured is said to be so; the other parts go on. */
async function attempt(part: Part, measure: () => Promise<Findings>): Promise<Findings> {
  try {
    return await measure();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${part}: ${error instanceof Error ? (error.stack ?? why) : why}\n`);
    return { notes: [`**${part}: NOT MEASURED.** ${why.slice(0, 500)}`], tables: [] };
  }
}
