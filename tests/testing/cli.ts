import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { eventually } from '../../shared/testing/eventually.ts';

const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/.bin/node');

/** The real `npm start`, as a process of its own. */
export interface Cli {
  readonly child: ChildProcess;
  /** Settles when it serves. */
  readonly ready: Promise<void>;
  /** Processes that it started, their children too. */
  descendants(): number[];
  /** Ends it with a signal and tells how; `[code, signal]`. */
  end(signal: 'SIGKILL' | 'SIGINT'): Promise<readonly [number | null, string | null]>;
}

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts Crossdock from its command line on a data folder and a port. */
export function startCli(dataDir: string, port: number): Cli {
  const args = [path.join(root, 'local/main.ts'), '--data', dataDir, '--port', String(port)];
  const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  const isReady = (): true | undefined => {
    if (child.exitCode !== null) throw new Error(`npm start ended: ${errors}`);
    return output.includes('Ctrl-C stops it') || child.killed ? true : undefined;
  };
  const ready = eventually(isReady, { what: 'the start of the twin', deadlineMs: 60_000 }).then(() => undefined);
  return {
    child,
    ready,
    descendants: () => descendantsOf(child.pid ?? 0),
    end: async (signal) => {
      child.kill(signal);
      return exit;
    },
  };
}

/** The API key that a data folder keeps. */
export const apiKeyIn = (dataDir: string): string => readFileSync(path.join(dataDir, 'api-key'), 'utf8').trim();

interface Process {
  readonly pid: number;
  readonly parent: number;
}

/** Every process there is; one that has ended and that nobody has reaped is none. */
function processes(): Process[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = '']) => !state.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}

function descendantsOf(pid: number): number[] {
  const all = processes();
  const below = (parent: number): number[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one.pid, ...below(one.pid)]);
  return below(pid);
}

/** Which of these processes still run. */
export const stillRunning = (pids: readonly number[]): number[] => {
  const running = new Set(processes().map(({ pid }) => pid));
  return pids.filter((pid) => running.has(pid));
};
