import path from 'node:path';
import { App, Tags } from 'aws-cdk-lib/core';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleDir } from './assets/entry-points.ts';
import { type House } from './house.ts';
import { stageOf } from './stages.ts';
import { BooksStack } from './stacks/books.ts';
import { ChannelsStack } from './stacks/channels.ts';
import { CapabilitiesStack } from './stacks/capabilities.ts';
import { DataStack } from './stacks/data.ts';
import { PlatformStack } from './stacks/platform.ts';
import { StockStack } from './stacks/stock.ts';
import { WorkflowsStack } from './stacks/workflows.ts';

/** The project's root: where bundles are and file names begin. */
export const projectRoot = path.join(import.meta.dirname, '..');

/** What may differ from one synthesis to another. */
export interface BuildOptions {
  /** Where the cloud assembly goes; the CDK command line says so by `CDK_OUTDIR`. */
  readonly outdir?: string;
  /** Else the context's `stage`, else `dev`. */
  readonly stage?: string;
  /** Runs CDK's CloudFormation validator, which costs 6 to 8 s of CPU. */
  readonly validate?: boolean;
  /** Where a function's code comes from; the default is the bundle in `.build/functions`. */
  readonly code?: House['code'];
}

const prebuilt = (entry: string): Code => Code.fromAsset(path.join(projectRoot, bundleDir(entry)));

/** The whole system as a CDK app, for the CDK command line and the local twin alike; its functions are bundled before. */
export function buildApp({ outdir, stage, validate = false, code = prebuilt }: BuildOptions): App {
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: validate,
    // What one stack uses of another cannot be taken away from under it.
    context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
  });
  const fromContext: unknown = app.node.tryGetContext('stage');
  const house = { stage: stageOf(stage ?? (typeof fromContext === 'string' ? fromContext : 'dev')), code };
  const data = new DataStack(app, house);
  const { foundation } = new PlatformStack(app, house, data);
  const { taskFunctions } = new CapabilitiesStack(app, foundation);
  new ChannelsStack(app, foundation);
  new StockStack(app, foundation);
  new BooksStack(app, foundation);
  new WorkflowsStack(app, foundation, taskFunctions);
  Tags.of(app).add('crossdock:stage', house.stage.name);
  return app;
}

/** `node infra/app.ts`, as cdk.json has it: bundles, checks and synthesizes. */
async function main(): Promise<void> {
  const { bundleFunctions } = await import('./assets/bundle.ts');
  const { checkedByNag } = await import('./checks.ts');
  await bundleFunctions(projectRoot);
  const app = buildApp({ validate: process.env['CI'] !== undefined });
  checkedByNag(app);
  app.synth();
}

if (import.meta.main) await main();
