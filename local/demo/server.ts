import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ApiClient, apiClient } from '../../shared/contracts/api-client.ts';
import { listChannels } from '../../shared/contracts/network/apis.ts';
import { synthesize } from '../assembly/synth.ts';
import { ensureApiKey } from '../cli/api-key.ts';
import { startTwin } from '../twin.ts';

const root = path.resolve(import.meta.dirname, '../..');
const defaultUrl = 'http://127.0.0.1:3000';
const keyFile = path.join('.crossdock', 'api-key');
/** How long a server may take to say that it is there. */
const probeMs = 2_000;

/** A Crossdock to talk to: one that ran already, or an own one that `stop` ends. */
export interface Server {
  readonly url: string;
  readonly api: ApiClient;
  /** True when it was started here, in a temporary folder that `stop` removes. */
  readonly own: boolean;
  /** What functions complained of; none of a server that runs elsewhere. */
  readonly complaints: readonly string[];
  /** AWS calls that roles do not allow; none of a server that runs elsewhere. */
  readonly accessDenied: readonly object[];
  stop(): Promise<void>;
}

/** Where to look for a server. */
export interface ServerOptions {
  /** Only this one will do; without it, the default one if it answers, else an own one. */
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  /** Told what is going on, as starting takes seconds. */
  readonly say?: (line: string) => void;
}

/**
 * A server to talk to: the one at `url` (by default `http://127.0.0.1:3000`, with the key of ./.crossdock), else an own one.
 * @throws Error with a remedy, when one was asked for by name and does not answer, or no key opens it
 */
export async function findOrStartServer({ url, key, say = () => undefined }: ServerOptions): Promise<Server> {
  const wanted = (url ?? defaultUrl).replace(/\/$/, '');
  if (await answers(wanted)) return running(wanted, key);
  if (url !== undefined)
    throw new Error(`No Crossdock answers at ${url}. Start one with npm start, or leave out --url.`);
  say('No server runs here; starting an own one in a temporary folder …');
  return startServer();
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/openapi.json`, { signal: AbortSignal.timeout(probeMs) });
    return response.ok && 'openapi' in ((await response.json()) as object);
  } catch {
    return false;
  }
}

async function running(url: string, givenKey: string | undefined): Promise<Server> {
  const key = givenKey ?? (existsSync(keyFile) ? readFileSync(keyFile, 'utf8').trim() : undefined);
  if (key === undefined)
    throw new Error(`A Crossdock answers at ${url}, and ${keyFile} is not here. Give its key with --key.`);
  const api = apiClient(url, key);
  const tried = await api(listChannels);
  if (tried.ok) return { url, api, own: false, complaints: [], accessDenied: [], stop: () => Promise.resolve() };
  const from = givenKey === undefined ? ` (from ${keyFile})` : '';
  throw new Error(`The server at ${url} answered ${tried.status} to this key${from}. Give the right one with --key.`);
}

/**
 * Starts an own server on free ports, in a temporary folder.
 * @param options.enforceIam checks every AWS call against the template's policies
 */
export async function startServer({ enforceIam = false } = {}): Promise<Server> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'crossdock-'));
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  process.once('exit', remove);
  const complaints: string[] = [];
  const loadApp = async () => (await import('../../infra/app.ts')).buildApp;
  const { directory } = await synthesize({ root, stage: 'local', loadApp });
  const twin = await startTwin({ assembly: directory, dataDir, enforceIam, log: (line) => complaints.push(line) });
  const stop = async (): Promise<void> => {
    await twin.stop();
    remove();
    process.off('exit', remove);
  };
  const key = await ensureApiKey(twin, dataDir);
  if (key === undefined) {
    await stop();
    throw new Error('The app has no function that makes an API key.');
  }
  const { apiUrl: url, accessDenied } = twin;
  return { url, api: apiClient(url, key), own: true, complaints, accessDenied, stop };
}
