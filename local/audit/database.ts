import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startDynamoDb } from '../dynamodb/emulator.ts';
import { commandLine, isOurDynoxide } from '../dynamodb/orphan.ts';

/** A database to look into. */
export interface OpenDatabase {
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * The database of a twin: the one that runs on its data folder, or, while the twin is stopped, one of our own until it is closed.
 * @throws Error when the folder is none of a twin
 */
export async function databaseOf(dataDir: string): Promise<OpenDatabase> {
  const directory = path.resolve(dataDir);
  const databaseFile = path.join(directory, 'dynamodb.db');
  if (!existsSync(databaseFile))
    throw new Error(
      `${dataDir} has no database of Crossdock. Start it once (npm start), or name its folder with --data`,
    );
  const running = runningOn(path.join(directory, 'dynoxide.pid'), databaseFile);
  if (running !== undefined) return { endpoint: running, close: () => Promise.resolve() };
  const { endpoint, stop } = await startedOn(directory);
  return { endpoint, close: stop };
}

async function startedOn(dataDir: string): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const emulator = await startDynamoDb({ dataDir });
  return { endpoint: emulator.endpoint, stop: () => emulator.stop() };
}

function runningOn(pidFile: string, databaseFile: string): string | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8').trim());
  if (!Number.isInteger(pid) || pid < 2 || !isOurDynoxide(pid, databaseFile)) return undefined;
  const port = /--port (\d+)/.exec(commandLine(pid))?.[1];
  return port === undefined ? undefined : `http://127.0.0.1:${port}`;
}
