import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { bundleDir, entryPoints } from './entry-points.ts';

/** What one bundle weighs, as `.build/bundles.json` lists it. */
export interface BundleSize {
  readonly entry: string;
  readonly directory: string;
  readonly bytes: number;
  /** The ten heaviest packages or folders in it, in bytes, heaviest first. */
  readonly heaviest: Readonly<Record<string, number>>;
}

/** CommonJS inside an ESM bundle asks for `require`; bundles without it do without the banner. */
const requireBanner = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

const options = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  legalComments: 'none',
  loader: { '.asl.json': 'json' },
  alias: { '@aws-sdk/credential-provider-node': path.join(import.meta.dirname, 'environment-credentials.ts') },
  // The project's `verbatimModuleSyntax` would keep `import {} from` a package that only has types.
  tsconfigRaw: { compilerOptions: { strict: true } },
  metafile: true,
  write: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Entries of one esbuild call: it holds every bundle of a call in memory, some 25 MB each while it links; all at once they took 5 GB. */
const entriesAtOnce = 16;

/**
 * Bundles every Lambda entry point of the app, each to its own self-contained folder with one `index.mjs`.
 * Same sources give the same bytes, so asset hashes stay. The whole result is put in place by one rename, so that two processes
 * that bundle at once do not see each other's halves. Sizes go to `.build/bundles.json`.
 */
export async function bundleFunctions(root: string): Promise<BundleSize[]> {
  const entries = entryPoints(root);
  const draft = path.join(root, '.build', `draft-${process.pid}-${Date.now()}`);
  try {
    const sizes = await bundleInto(root, draft, entries);
    await publish(root, draft);
    return sizes;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function bundleInto(root: string, draft: string, entries: readonly string[]): Promise<BundleSize[]> {
  const sizes: BundleSize[] = [];
  for (let start = 0; start < entries.length; start += entriesAtOnce)
    sizes.push(...(await bundleGroup(root, draft, entries.slice(start, start + entriesAtOnce))));
  sizes.sort((a, b) => b.bytes - a.bytes);
  await mkdir(path.join(draft, 'functions'), { recursive: true });
  await writeFile(path.join(draft, 'bundles.json'), `${JSON.stringify(sizes, null, 2)}\n`);
  return sizes;
}

async function bundleGroup(root: string, draft: string, entries: readonly string[]): Promise<BundleSize[]> {
  const result = await build({
    ...options,
    absWorkingDir: root,
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    entryPoints: entries.map((entry) => ({ in: entry, out: `${withoutBuild(bundleDir(entry))}/index` })),
  });
  await Promise.all(result.outputFiles.map((file) => writeOutput(file.path, file.text)));
  return sizesOf(result.metafile, root, draft);
}

async function writeOutput(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, usesRequire(text) ? requireBanner + text : text);
}

/** esbuild's helper for a `require` that it could not resolve statically mentions `typeof require`. */
function usesRequire(text: string): boolean {
  return text.includes('typeof require');
}

async function publish(root: string, draft: string): Promise<void> {
  for (const name of ['functions', 'bundles.json']) {
    await replace(path.join(draft, name), path.join(root, '.build', name));
  }
}

/** Renames onto `target`; a folder in the way is moved aside first. Another process may do the same at the same time. */
async function replace(source: string, target: string, attempts = 5): Promise<void> {
  const aside = `${source}.replaced`;
  await rename(target, aside).catch(ignoreMissing);
  try {
    await rename(source, target);
  } catch (error) {
    if (attempts === 0 || !isCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    await replace(source, target, attempts - 1);
  }
  await rm(aside, { recursive: true, force: true });
}

function ignoreMissing(error: unknown): void {
  if (!isCode(error, 'ENOENT')) throw error;
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function sizesOf(metafile: Metafile, root: string, draft: string): BundleSize[] {
  return Object.entries(metafile.outputs).flatMap(([file, output]) => {
    if (output.entryPoint === undefined) return [];
    const directory = `.build/${path.relative(draft, path.resolve(root, path.dirname(file)))}`;
    return [{ entry: output.entryPoint, directory, bytes: output.bytes, heaviest: heaviestOf(output.inputs) }];
  });
}

function heaviestOf(inputs: Metafile['outputs'][string]['inputs']): Record<string, number> {
  const totals = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const owner = ownerOf(file);
    totals.set(owner, (totals.get(owner) ?? 0) + bytesInOutput);
  }
  return Object.fromEntries([...totals].sort((a, b) => b[1] - a[1]).slice(0, 10));
}

function ownerOf(file: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file);
  return inPackage?.[1] ?? file.split('/').slice(0, 2).join('/');
}

function withoutBuild(directory: string): string {
  return directory.replace(/^\.build\//, '');
}
