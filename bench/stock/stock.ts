import { type Bench } from '../bench.ts';
import { circumstances } from '../machine.ts';
import { type Findings } from '../report.ts';
import { cost } from './cost.ts';
import { expiry } from './expiry.ts';
import { keep, together } from './kept.ts';
import { type RunPart } from './part.ts';
import { reservations } from './reservations.ts';
import { type Part, partsFrom, sizesFrom, smallerThanFull } from './sizes.ts';
import { snapshot } from './snapshot.ts';
import { stripes } from './stripes.ts';
import { switching } from './switch.ts';
import { units } from './units.ts';

const run: Readonly<Record<Part, RunPart>> = {
  reservations,
  stripes,
  switch: switching,
  units,
  expiry,
  snapshot,
  cost,
};

/** Stock under load, at scale and on the bill. */
export const stock: Bench = {
  name: 'stock',
  about:
    'Reservations per second, stripes against the limits of DynamoDB, write units of each movement, expiry of holds, a snapshot and an audit of a million positions, and the bill.',
  run: async (say) => {
    const sizes = sizesFrom(process.env);
    const smaller = smallerThanFull(sizes);
    let all = keep({});
    for (const part of partsFrom(process.env)) {
      say(part);
      const where = `**${part}** – ${circumstances()}${smaller === undefined ? '' : ` **Not the full sizes:** ${smaller}.`}`;
      const began = performance.now();
      const { notes, tables } = await attempt(part, () => run[part](sizes, say));
      const took = `It took ${((performance.now() - began) / 1000).toFixed(0)} s.`;
      all = keep({ [part]: { notes: [`${where} ${took}`, ...notes], tables } });
    }
    return together(all);
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
