import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { type Bench } from './bench.ts';
import { bundles } from './bundles.ts';
import { capture } from './capture.ts';
import { cost } from './cost/cost.ts';
import { hotSku } from './hot-sku.ts';
import { intake } from './intake/intake.ts';
import { circumstances } from './machine.ts';
import { section, withSection } from './report.ts';
import { stock } from './stock/stock.ts';
import { sync } from './sync/sync.ts';

const benches: readonly Bench[] = [capture, hotSku, cost, bundles, stock, intake, sync];
const resultsFile = path.join(import.meta.dirname, 'results.md');
const heading =
  '# Results\n\nWritten by `npm run bench -- <name>`; each part is replaced when its benchmark runs again.\n';

/** `npm run bench -- <name>…`; without a name it lists them, `all` runs all. Gives the exit code. */
export async function main(names: readonly string[]): Promise<number> {
  if (names.length === 0) {
    process.stdout.write(usage());
    return 0;
  }
  const unknown = names.filter((name) => name !== 'all' && !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no benchmark ${unknown.join(', ')}.\n\n${usage()}`);
    return 1;
  }
  for (const bench of benches) if (names.includes('all') || names.includes(bench.name)) await run(bench);
  return 0;
}

function usage(): string {
  const lines = benches.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`);
  return `npm run bench -- <name>…\n\n${lines.join('\n')}\n  ${'all'.padEnd(10)} All of them.\n`;
}

async function run(bench: Bench): Promise<void> {
  const began = performance.now();
  const where = circumstances();
  process.stdout.write(`${bench.name}: ${bench.about}\n`);
  const found = await bench.run((line) => process.stdout.write(`  … ${line}\n`));
  const findings = { ...found, notes: [where, bench.about, ...found.notes] };
  const results = existsSync(resultsFile) ? readFileSync(resultsFile, 'utf8') : heading;
  writeFileSync(resultsFile, await pretty(withSection(results, bench.name, findings)));
  process.stdout.write(`\n${section(bench.name, findings)}\n\n`);
  process.stdout.write(
    `${bench.name} took ${((performance.now() - began) / 1000).toFixed(0)} s; written to bench/results.md\n`,
  );
}

/** The repository's own format, which its tests check. */
async function pretty(markdown: string): Promise<string> {
  return format(markdown, { ...(await resolveConfig(resultsFile)), filepath: resultsFile });
}
