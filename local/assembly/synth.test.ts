import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../infra/assets/bundle.ts';
import { bundleDir, entryPoints } from '../../infra/assets/entry-points.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { synthesize } from './synth.ts';

let folder = temporaryFolder();
afterEach(() => {
  folder.remove();
  folder = temporaryFolder();
});

const handlers = 'functions/orders/handlers/http';
const entry = `${handlers}/capture-order.ts`;

function write(file: string, text: string): void {
  const target = path.join(folder.path, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** An "app" that only counts how often it is synthesized. */
function countingApp() {
  const state = { built: 0 };
  const loadApp = () =>
    Promise.resolve(({ outdir }: { outdir: string }) => ({
      synth: () => {
        state.built++;
        mkdirSync(outdir, { recursive: true });
      },
    }));
  return { state, request: { root: folder.path, stage: 'test', loadApp } };
}

describe('bundles', () => {
  it('finds entry points and leaves tests out', () => {
    for (const file of ['capture-order.ts', 'capture-order.test.ts', 'deep/other.ts']) write(`${handlers}/${file}`, '');
    write('functions/orders/domain/order.ts', '');
    expect(entryPoints(folder.path)).toEqual([entry]);
    expect(bundleDir(entry)).toBe('.build/functions/orders/http/capture-order');
  });

  it('are one file each, the same for the same source, and listed with their sizes', async () => {
    write(entry, `import { readFileSync } from 'node:fs'; export const handler = async () => readFileSync.name;`);
    const [first] = await bundleFunctions(folder.path);
    const directory = path.join(folder.path, bundleDir(entry));
    const bytes = readFileSync(path.join(directory, 'index.mjs'));
    expect(readdirSync(directory)).toEqual(['index.mjs']);
    expect(bytes.toString()).not.toContain('createRequire');
    await Promise.all([bundleFunctions(folder.path), bundleFunctions(folder.path)]);
    expect(readFileSync(path.join(directory, 'index.mjs'))).toEqual(bytes);
    expect(first).toMatchObject({ entry, directory: bundleDir(entry), bytes: bytes.length });
    expect(JSON.parse(readFileSync(path.join(folder.path, '.build/bundles.json'), 'utf8'))).toHaveLength(1);
  });

  it('give require to CommonJS inside', async () => {
    write('functions/orders/domain/old.cjs', `module.exports = (name) => require(name);`);
    write(entry, `import load from '../../domain/old.cjs'; export const handler = () => load('node:path').sep;`);
    await bundleFunctions(folder.path);
    const file = path.join(folder.path, bundleDir(entry), 'index.mjs');
    const { handler } = (await import(file)) as { handler: () => string };
    expect(handler()).toBe(path.sep);
  });
});

describe('synthesis', () => {
  it('happens again only when a source changed', async () => {
    write(entry, 'export const handler = 1;');
    const { state, request } = countingApp();
    const first = await synthesize(request);
    write(`${handlers}/capture-order.test.ts`, '// no matter');
    expect(await synthesize(request)).toEqual({ directory: first.directory, cached: true });
    write(entry, 'export const handler = 2;');
    expect((await synthesize(request)).directory).not.toBe(first.directory);
    expect(state.built).toBe(2);
  });

  it('happens once for two that ask at the same time', async () => {
    write(entry, 'export const handler = 1;');
    const { state, request } = countingApp();
    await Promise.all([synthesize(request), synthesize(request)]);
    expect(state.built).toBe(1);
  });
});
