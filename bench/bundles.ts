import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { type Bench } from './bench.ts';
import { nameOf, plainName } from './functions.ts';
import { median } from './statistics.ts';
import { type DeployedFunction, deployedFunction } from './twin/protocol.ts';
import { withTwin } from './twin/hosted-twin.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const coldStarts = 3;
const largestKb = 500;
const slowestMs = 200;

const bundleSizes = z.array(z.object({ entry: z.string(), heaviest: z.record(z.string(), z.number()) }));

/** What a function weighs and how long it takes to come up. */
interface Weight {
  readonly name: string;
  readonly kb: number;
  readonly initMs: number;
  readonly heaviest: string;
}

/** Size and cold initialization of every function. */
export const bundles: Bench = {
  name: 'bundles',
  about: `Size and cold initialization of every function; at most ${largestKb} KB and ${slowestMs} ms.`,
  run: async (say) => {
    const functions = z.array(deployedFunction).parse(await withTwin({}, (twin) => twin.ask('functions')));
    const weights: Weight[] = [];
    for (const one of functions) weights.push(await weigh(one));
    say(`${weights.length} functions, ${coldStarts} cold starts each`);
    weights.sort((a, b) => b.kb - a.kb);
    const heavy = weights.filter(({ kb, initMs }) => kb > largestKb || initMs > slowestMs);
    return {
      notes: [
        `KB are 1,024 bytes of the minified bundle. Initialization: loading the module (parsing, evaluating, making its clients) in a fresh Node process with the function's own environment, median of ${coldStarts}; Node's own start is not in it.`,
        heavy.length === 0 ? 'All are within the limits.' : `**Over a limit: ${heavy.length} of ${weights.length}.**`,
        `Median: ${median(weights.map(({ kb }) => kb)).toFixed(0)} KB, ${median(weights.map(({ initMs }) => initMs)).toFixed(0)} ms.`,
      ],
      tables: [
        { columns: ['function', 'KB', 'cold initialization ms', 'over', 'heaviest, KB'], rows: weights.map(row) },
      ],
    };
  },
};

function row({ name, kb, initMs, heaviest }: Weight): (string | number)[] {
  const over = [...(kb > largestKb ? ['size'] : []), ...(initMs > slowestMs ? ['time'] : [])];
  return [name, kb, initMs, over.join(', '), heaviest];
}

async function weigh(deployed: DeployedFunction): Promise<Weight> {
  const times: number[] = [];
  for (let start = 0; start < coldStarts; start += 1) times.push(await initialize(deployed));
  return {
    name: plainName(deployed.name),
    kb: statSync(deployed.file).size / 1024,
    initMs: median(times),
    heaviest: heaviestOf(deployed.name),
  };
}

/** Loads a bundle in a process of its own, as a cold start does, and measures inside it. */
async function initialize({ file, exportName, name, memoryMb, variables }: DeployedFunction): Promise<number> {
  const script = path.join(import.meta.dirname, 'cold-start.ts');
  const { stdout } = await run(process.execPath, [script, file, exportName], {
    env: {
      ...variables,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  return z.coerce.number().parse(stdout.trim().split('\n').at(-1));
}

/** The three heaviest packages or folders, as the bundler listed them. */
function heaviestOf(functionName: string): string {
  const list = path.join(root, '.build/bundles.json');
  if (!existsSync(list)) return '';
  const sizes = bundleSizes.parse(JSON.parse(readFileSync(list, 'utf8')));
  const found = sizes.find(({ entry }) => nameOf(entry) === plainName(functionName));
  const heaviest = Object.entries(found?.heaviest ?? {}).slice(0, 3);
  return heaviest.map(([what, bytes]) => `${what} ${(bytes / 1024).toFixed(0)}`).join(', ');
}
