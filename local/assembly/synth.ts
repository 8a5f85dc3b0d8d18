import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { waitForLock } from '../file-lock.ts';
import { assemblySources, hashSources } from './source-hash.ts';

/** The part of a CDK app that synthesis needs. */
export interface SynthesizableApp {
  synth(): unknown;
}

/** How an app comes into being in `outdir`, its functions being bundled below `<root>/.build/functions`. */
export type BuildApp = (options: { outdir: string; stage: string }) => SynthesizableApp;

/** What to synthesize. */
export interface SynthesisRequest {
  readonly root: string;
  readonly stage: string;
  /** Imports the CDK app; called only when the sources changed, so that a warm start loads neither CDK nor esbuild. */
  readonly loadApp: () => Promise<BuildApp>;
  readonly sources?: readonly string[];
  /** Told when it has to build, which takes some seconds. */
  readonly onBuild?: () => void;
}

/** Where an assembly is and whether it was there already. */
export interface Synthesis {
  readonly directory: string;
  readonly cached: boolean;
}

/**
 * Bundles all functions and synthesizes the app, unless its sources are the same as in an earlier run: assemblies are kept by the
 * hash of what they are made from, so a running twin keeps its own. Processes that do it at the same time take turns.
 */
export async function synthesize(request: SynthesisRequest): Promise<Synthesis> {
  const { root, stage, sources = assemblySources } = request;
  const hash = hashSources(root, sources, `${stage} ${process.version}`).slice(0, 16);
  const directory = path.join(root, '.build', 'assemblies', `${stage}-${hash}`);
  if (existsSync(directory)) return { directory, cached: true };
  const lock = await waitForLock(path.join(root, '.build', 'synth.lock'));
  try {
    if (existsSync(directory)) return { directory, cached: true };
    request.onBuild?.();
    await build(request, directory);
    return { directory, cached: false };
  } finally {
    lock.release();
  }
}

async function build({ root, stage, loadApp }: SynthesisRequest, directory: string): Promise<void> {
  const { bundleFunctions } = await import('../../infra/assets/bundle.ts');
  const [buildApp] = await Promise.all([loadApp(), bundleFunctions(root)]);
  const draft = `${directory}.draft`;
  rmSync(draft, { recursive: true, force: true });
  buildApp({ outdir: draft, stage }).synth();
  renameSync(draft, directory);
  removeOld(path.dirname(directory));
}

const keptDays = 1;
const keptCount = 5;

/** Old assemblies go, except recent ones: a twin that still runs loads its functions from there. */
function removeOld(directory: string): void {
  const byAge = readdirSync(directory)
    .map((name) => path.join(directory, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of byAge.slice(keptCount)) {
    if (Date.now() - statSync(old).mtimeMs > keptDays * 86_400_000) rmSync(old, { recursive: true, force: true });
  }
}
