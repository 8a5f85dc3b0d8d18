import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { synthesize } from '../../local/assembly/synth.ts';
import { ensureApiKey } from '../../local/cli/api-key.ts';
import { type Twin, startTwin } from '../../local/twin.ts';
import { type ApiClient, apiClient } from '../../shared/contracts/api-client.ts';

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

/** Starts Crossdock on a folder of its own and free ports; `dataDir` takes up what an earlier run left there. */
export async function startApp(options: { readonly dataDir?: string } = {}): Promise<App> {
  const { directory } = await synthesize({
    root,
    stage: 'local',
    loadApp: async () => (await import('../../infra/app.ts')).buildApp,
  });
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'crossdock-'));
  const twin = await startTwin({ assembly: directory, dataDir, enforceIam: true, httpPort: 0 });
  const apiKey = await ensureApiKey(twin, dataDir);
  if (apiKey === undefined) throw new Error('the app has no function that makes an API key');
  const stop = async () => {
    await twin.stop();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  return { twin, url: twin.apiUrl, apiKey, api: apiClient(twin.apiUrl, apiKey), dataDir, stop };
}
