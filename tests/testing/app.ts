import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { synthesize } from '../../local/assembly/synth.ts';
import { ensureApiKey } from '../../local/cli/api-key.ts';
import { type FaultOptions } from '../../local/faults/faulty-dynamodb.ts';
import { loadAssembly } from '../../local/template/load.ts';
import { type Twin, startTwin } from '../../local/twin.ts';
import { type ApiClient, apiClient } from '../../shared/contracts/api-client.ts';
import { withRedeliveryAfter } from './redelivery.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The whole of Crossdock, running for a test: every AWS call is checked against the template's policies. */
export interface App {
  readonly twin: Twin;
  readonly url: string;
  readonly apiKey: string;
  readonly api: ApiClient;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** How a test's Crossdock differs from one with everything by default. */
export interface AppOptions {
  /** Takes up what an earlier run left there; else a folder of its own, which goes with it. */
  readonly dataDir?: string;
  /** Values of template parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What DynamoDB does wrong. */
  readonly faults?: FaultOptions;
  /** Longest wait before a queue's message that its consumer failed on comes again; as deployed where not given. */
  readonly redeliverySeconds?: number;
}

/** Starts Crossdock on free ports. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const { directory } = await synthesize({
    root,
    stage: 'local',
    loadApp: async () => (await import('../../infra/app.ts')).buildApp,
  });
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'crossdock-'));
  const { parameters, redeliverySeconds, faults } = options;
  const assembly =
    redeliverySeconds === undefined ? directory : withRedeliveryAfter(loadAssembly(directory), redeliverySeconds);
  const twin = await startTwin({
    assembly,
    dataDir,
    enforceIam: true,
    httpPort: 0,
    ...(parameters && { parameters }),
    ...(faults && { faults }),
  });
  const apiKey = await ensureApiKey(twin, dataDir);
  if (apiKey === undefined) throw new Error('the app has no function that makes an API key');
  const stop = async () => {
    await twin.stop();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  return { twin, url: twin.apiUrl, apiKey, api: apiClient(twin.apiUrl, apiKey), dataDir, stop };
}
