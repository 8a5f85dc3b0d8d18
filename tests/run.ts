import { type ChildProcess, spawn } from 'node:child_process';

/**
 * All tests, in the order in which they fail fastest: format, layers, types and, beside them, lint; then vitest's rings: pure code and the parts, then
 * journeys and trials of the whole local twin. Stops at the first that fails. `npm test -- <vitest arguments>` runs only vitest with them.
 */
const bin = (name: string): string => `node_modules/.bin/${name}`;
type Step = readonly [what: string, command: string, args: readonly string[]];
/** Rows of steps: those of a row one after the other, the rows beside each other. */
type Stage = readonly (readonly Step[])[];
const ring = (...projects: string[]): Step => [
  projects.join(' and '),
  bin('vitest'),
  ['run', ...projects.flatMap((project) => ['--project', project])],
];
const folders = ['functions', 'shared', 'infra', 'local', 'state-machines', 'bench', 'tests'];
const stages: readonly Stage[] = [
  [
    [
      ['format', bin('prettier'), ['--check', '--log-level=warn', '.']],
      ['layers', bin('depcruise'), ['--config', '.dependency-cruiser.js', ...folders]],
      ['types', bin('tsc'), ['-p', '.']],
    ],
    [['lint', bin('eslint'), ['.']]],
  ],
  [[ring('unit', 'edges', 'platform')]],
  [[ring('journeys', 'trials')]],
];

/** Runs one step to its end and says how it went; what is `held` puts its output out when it is over. */
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

async function runRow(row: readonly Step[], held: boolean): Promise<boolean> {
  for (const step of row) if (!(await run(step, held))) return false;
  return true;
}

const asked = process.argv.slice(2);
const all: readonly Stage[] = asked.length === 0 ? stages : [[[['tests', bin('vitest'), ['run', ...asked]]]]];
for (const stage of all) {
  const passed = await Promise.all(stage.map((row, index) => runRow(row, index > 0)));
  if (passed.includes(false)) process.exit(1);
}
