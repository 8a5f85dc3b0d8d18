import { spawn } from 'node:child_process';

/**
 * All tests, in the order in which they fail fastest: format, types, lint, layers, then vitest's three rings (pure code, the parts, journeys
 * through the whole local twin). Stops at the first that fails. `npm test -- <vitest arguments>` runs only vitest with them.
 */
const bin = (name: string): string => `node_modules/.bin/${name}`;
const vitest = ['run', ...process.argv.slice(2)];
const checks: readonly (readonly [what: string, command: string, args: readonly string[]])[] = [
  ['format', bin('prettier'), ['--check', '--log-level=warn', '.']],
  ['types', bin('tsc'), ['-p', '.']],
  ['lint', bin('eslint'), ['.']],
  [
    'layers',
    bin('depcruise'),
    ['--config', '.dependency-cruiser.js', 'functions', 'shared', 'infra', 'local', 'state-machines', 'bench', 'tests'],
  ],
];

async function run(what: string, command: string, args: readonly string[]): Promise<void> {
  const began = performance.now();
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, npm_config_loglevel: 'error' } });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${what} (${seconds} s)`);
  if (code !== 0) process.exit(code);
}

if (process.argv.length === 2) for (const [what, command, args] of checks) await run(what, command, args);
await run('tests', bin('vitest'), vitest);
