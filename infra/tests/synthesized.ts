import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { loadAssembly } from '../../local/template/load.ts';
import { resolveApp } from '../../local/template/resolver.ts';
import { type DeployedResource, type StackTemplate } from '../../local/template/cloudformation.ts';
import { buildApp } from '../app.ts';

/** A synthesized stage as its rules look at it: every reference resolved, also across stacks. */
export interface Synthesized {
  readonly stacks: readonly StackTemplate[];
  readonly resources: readonly DeployedResource[];
  /** Which entry files became functions. */
  readonly entries: readonly string[];
  /** All resources of a type. */
  of(type: string): readonly DeployedResource[];
}

const account = {
  accountId: '111122223333',
  region: 'eu-west-1',
  apiUrl: 'http://api',
  awsUrl: 'http://aws',
  parameters: { PaymentGatewaySecret: 'secret' },
};

/** Synthesizes a stage without bundles: every function gets the same empty one, so rules need no esbuild. */
export function synthesize(stage: string): Synthesized {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'crossdock-infra-'));
  const entries: string[] = [];
  try {
    writeFileSync(path.join(folder, 'index.mjs'), 'export const handler = () => undefined;\n');
    const code = (entry: string): Code => {
      entries.push(entry);
      return Code.fromAsset(folder, { exclude: ['out'] });
    };
    const outdir = path.join(folder, 'out');
    buildApp({ outdir, stage, code }).synth();
    const stacks = loadAssembly(outdir);
    const { resources } = resolveApp(stacks, account);
    return { stacks, resources, entries, of: (type) => resources.filter((resource) => resource.type === type) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
