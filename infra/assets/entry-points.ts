import { globSync } from 'node:fs';
import path from 'node:path';

const triggers = '{http,events,queues,tasks,streams,schedules,invoked}';

/**
 * Every Lambda entry point below `root`, as sorted paths with forward slashes:
 * `functions/<capability>/handlers/<trigger>/<name>.ts`, tests left out.
 */
export function entryPoints(root: string): string[] {
  return globSync(`functions/*/handlers/${triggers}/*.ts`, { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('.d.ts'))
    .sort();
}

/**
 * The folder that an entry point is bundled to, relative to the root:
 * `functions/orders/handlers/http/capture-order.ts` → `.build/functions/orders/http/capture-order`.
 */
export function bundleDir(entry: string): string {
  const match = /^functions\/([^/]+)\/handlers\/([^/]+)\/([^/]+)\.ts$/.exec(entry);
  if (!match)
    throw new Error(`${entry} is not a Lambda entry point (functions/<capability>/handlers/<trigger>/<name>.ts)`);
  const [, capability = '', trigger = '', name = ''] = match;
  return `.build/functions/${capability}/${trigger}/${name}`;
}
