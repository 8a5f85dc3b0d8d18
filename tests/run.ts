import { type ChildProcess, spawn } from 'node:child_process';

/**
 * All tests, in the order in which they fail fastest: format, types, lint, layers, then vitest's rings: pure code and the parts, then journeys
 * and trials of the whole local twin. What takes one core goes two at a time. Stops at the first that fails. `npm test -- <vitest arguments>` runs
 * only vitest with them.
 */
const bin = (name: string): string => `node_modules/.bin/${name}`;
type Step = readonly [what: string, command: string, args: readonly string[]];
const ring = (...projects: string[]): Step => [
  projects.join(' and '),
  bin('vitest'),
  ['run', ...projects.flatMap((project) => ['--project', project])],
];
const folders = ['functions', 'shared', 'infra', 'local', 'state-machines', 'bench', 'tests'];
const steps: readonly (readonly Step[])[] = [
  [
    ['format', bin('prettier'), ['--check', '--log-level=warn', '.']],
    ['layers', bin('depcruise'), ['--config', '.dependency-cruiser.js', ...folders]],
  ],
  [
    ['types', bin('tsc'), ['-p', '.']],
    ['lint', bin('eslint'), ['.']],
  ],
  [ring('unit', 'edges', 'platform')],
  [ring('journeys'), ring('trials')],
];

/** Runs one step to its end and says how it went; of two at a time, the second one's output comes when it is over. */
async function run([what, command, args]: Step, held: boolean): Promise<boolean> {
  const began = performance.now();
  const output: Buffer[] = [];
  const code = await new Promise<number>((resolve, reject) => {
    const env = { ...process.env, npm_config_loglevel: 'error' };
    const child: ChildProcess = held ? spawn(command, args, { env }) : spawn(command, args, { env, stdio: 'inherit' });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => output.push(part));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(Buffer.concat(output));
  console.log(`${code === 0 ? '✓' : '✗'} ${what} (${seconds} s)`);
  return code === 0;
}

const asked = process.argv.slice(2);
const all: readonly (readonly Step[])[] = asked.length === 0 ? steps : [[['tests', bin('vitest'), ['run', ...asked]]]];
for (const together of all) {
  const passed = await Promise.all(together.map((step, index) => run(step, index > 0)));
  if (passed.includes(false)) process.exit(1);
}
