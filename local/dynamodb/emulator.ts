import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { dynoxideBinary } from './dynoxide-binary.ts';
import { DynoxideProcess } from './dynoxide-process.ts';
import { endOrphan } from './orphan.ts';

/** How to start the database. */
export interface DynamoDbOptions {
  /** Keeps the database, the pid file and the emulator's log. */
  readonly dataDir: string;
  /** A free port without it. */
  readonly port?: number;
  /** A DynamoDB that already runs (DynamoDB Local); nothing is started then. */
  readonly endpoint?: string;
}

/** The running database. */
export interface DynamoDbEmulator {
  readonly endpoint: string;
  /** The emulator's process; changes when it had to be started again. Undefined for a foreign endpoint. */
  readonly pid: number | undefined;
  /** Its SQLite file; undefined for a foreign endpoint. */
  readonly databaseFile: string | undefined;
  stop(): Promise<void>;
}

/**
 * Starts dynoxide on a database file and resolves when it answers. A dynoxide left by a killed run is ended first; one that dies
 * is started again on the same port. Throws if there is no binary for this platform, or it does not come up.
 */
export async function startDynamoDb({ dataDir, port, endpoint }: DynamoDbOptions): Promise<DynamoDbEmulator> {
  if (endpoint) return foreign(endpoint);
  const binary = dynoxideBinary();
  const directory = resolve(dataDir);
  mkdirSync(directory, { recursive: true });
  const databaseFile = join(directory, 'dynamodb.db');
  const pidFile = join(directory, 'dynoxide.pid');
  await endOrphan(pidFile, databaseFile);
  const dynoxide = new DynoxideProcess({
    binary,
    databaseFile,
    pidFile,
    logFile: join(directory, 'dynoxide.log'),
    port: port ?? (await freePort()),
  });
  await dynoxide.start();
  return dynoxide;
}

function foreign(endpoint: string): DynamoDbEmulator {
  return { endpoint, pid: undefined, databaseFile: undefined, stop: () => Promise.resolve() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}
