import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { apiClient } from '../../shared/contracts/api-client.ts';
import { type DemoChannels } from '../demo-channels/demo-channels.ts';
import { type SynthesisRequest, synthesize } from '../assembly/synth.ts';
import { tryLock } from '../file-lock.ts';
import { PortTaken } from '../servers.ts';
import { startTwin, type Twin } from '../twin.ts';
import { welcome } from '../welcome.ts';
import { ensureApiKey } from './api-key.ts';
import { type CliArguments, helpText, parseCliArguments } from './arguments.ts';
import { untilInterrupted } from './interruption.ts';

/** What `npm start` runs: this repository; tests give another. */
export type Project = Omit<SynthesisRequest, 'stage'>;

const crossdock: Project = {
  root: path.resolve(import.meta.dirname, '../..'),
  loadApp: async () => (await import('../../infra/app.ts')).buildApp,
};

/** `npm start`: builds what changed, starts the twin, and runs until it is interrupted. Gives the exit code. */
export async function main(args: readonly string[], project: Project = crossdock): Promise<number> {
  try {
    const parsed = parseCliArguments(args);
    if (parsed.help) process.stdout.write(helpText);
    else await runTwin(parsed, project);
    return 0;
  } catch (error) {
    process.stderr.write(`${remedyFor(error)}\n`);
    return 1;
  }
}

async function runTwin(parsed: CliArguments, project: Project): Promise<void> {
  const interruption = untilInterrupted();
  const onPhase = parsed.verbose ? printPhase : () => undefined;
  const assembly = await buildAssembly({ ...project, stage: parsed.stage }, onPhase);
  if (parsed.fresh) removeData(parsed.dataDir);
  const twin = await startTwin({
    assembly,
    dataDir: parsed.dataDir,
    httpPort: parsed.port,
    parameters: parsed.parameters,
    answersApart: true,
    onPhase,
    ...fromEnvironment(),
  });
  let demo: DemoChannels | undefined;
  try {
    const apiKey = await ensureApiKey(twin, parsed.dataDir);
    process.stdout.write(welcome(twin, { dataDir: parsed.dataDir, apiKey }));
    if (parsed.demoChannels) demo = await openDemoChannels(twin, parsed, apiKey);
    await interruption;
  } finally {
    await demo?.stop();
    await twin.stop();
  }
}

/** Loaded only here: who does not ask for it needs none of the parties that it plays. */
async function openDemoChannels(
  twin: Twin,
  { stage, dataDir }: Pick<CliArguments, 'stage' | 'dataDir'>,
  apiKey: string | undefined,
): Promise<DemoChannels> {
  if (apiKey === undefined) throw new Error('The app has no function that makes an API key: there can be no demo.');
  const { startDemoChannels } = await import('../demo-channels/demo-channels.ts');
  const amazonQueueUrl = `${twin.awsUrl}/000000000000/crossdock-${stage}-channels-take-amazon-notification`;
  const crossdock = { url: twin.apiUrl, api: apiClient(twin.apiUrl, apiKey), amazonQueueUrl, seed: apiKey };
  const folder = path.join(dataDir, 'demo-channels');
  return startDemoChannels(crossdock, { folder, say: (line) => void process.stdout.write(`${line}\n`) });
}

async function buildAssembly(
  request: SynthesisRequest,
  onPhase: (phase: string, durationMs: number) => void,
): Promise<string> {
  const started = performance.now();
  const { directory, cached } = await synthesize({ ...request, onBuild: tellBuild });
  onPhase(cached ? 'template unchanged' : 'bundles and template', performance.now() - started);
  return directory;
}

/** What a data folder of ours holds; a folder without it is somebody's, and stays. */
const ours = 'twin.db';

function removeData(dataDir: string): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return;
  if (!existsSync(path.join(dataDir, ours)))
    throw new Error(`${dataDir} is no data folder of Crossdock: nothing was deleted. Name another with --data`);
  const lock = tryLock(path.join(dataDir, 'twin.lock'));
  if (!('release' in lock)) throw new Error(`${dataDir} is in use by ${lock.heldBy}: stop that one first`);
  lock.release();
  rmSync(dataDir, { recursive: true, force: true });
}

function fromEnvironment(): { dynamoDbEndpoint?: string } {
  const dynamoDbEndpoint = process.env['DYNAMODB_ENDPOINT'];
  return dynamoDbEndpoint ? { dynamoDbEndpoint } : {};
}

const tellBuild = (): void =>
  void process.stdout.write('Building the functions and the template (once, until they change)…\n');

function printPhase(phase: string, durationMs: number): void {
  process.stdout.write(`${durationMs.toFixed(0).padStart(6)} ms  ${phase}\n`);
}

function remedyFor(error: unknown): string {
  if (error instanceof PortTaken) {
    return `Port ${error.port} is taken by another program. Stop it, or choose another port: npm start -- --port ${error.port + 1000}`;
  }
  return error instanceof Error ? `${error.message}${causeOf(error)}` : String(error);
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? `\n  because: ${cause.message}` : '';
}
