import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type DynamoDbEmulator, startDynamoDb } from '../dynamodb/emulator.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../faults/faulty-dynamodb.ts';
import { Outages } from '../faults/outages.ts';
import { tryLock } from '../file-lock.ts';
import { type LocalServer, openServer, openServerFrom } from '../servers.ts';
import { supportedResources } from '../template/check.ts';
import { type DeployedApp, type DeployedResource, type LocalAccount } from '../template/cloudformation.ts';
import { loadAssembly } from '../template/load.ts';
import { resolveApp } from '../template/resolver.ts';
import { type TwinOptions } from '../twin-options.ts';
import { type Shutdown } from './shutdown.ts';

/** What everything else stands on: the data folder, the addresses, the resolved template, the database of tables. */
export interface Foundation {
  readonly db: DatabaseSync;
  /** Where secrets lie, sealed. */
  readonly secretsDir: string;
  readonly api: LocalServer;
  readonly aws: LocalServer;
  readonly account: LocalAccount;
  readonly app: DeployedApp;
  /** The resources that the twin runs. */
  readonly resources: readonly DeployedResource[];
  readonly dynamoDb: DynamoDbEmulator;
  /** Where functions find DynamoDB. */
  readonly dynamoDbUrl: string;
  readonly faults?: FaultyDynamoDb;
  /** What is down at the moment. */
  readonly outages: Outages;
}

const accountId = '000000000000';
const region = 'us-east-1';

/** Takes the data folder, opens the ports, resolves the template and starts DynamoDB. */
export async function layFoundation(options: TwinOptions, shutdown: Shutdown): Promise<Foundation> {
  const { dataDir, dynamoDbEndpoint: endpoint } = options;
  shutdown.add(lockDataDir(dataDir), (lock) => lock.release());
  const { api, aws } = await openServers(options, shutdown);
  const { parameters = {} } = options;
  const account = { accountId, region, apiUrl: api.url, awsUrl: aws.url, parameters };
  const stacks = typeof options.assembly === 'string' ? loadAssembly(options.assembly) : options.assembly;
  const app = resolveApp(stacks, account);
  const resources = supportedResources(app.resources);
  const db = shutdown.add(openDatabase(dataDir), (open) => open.close());
  const starting = startDynamoDb({ dataDir, ...(endpoint === undefined ? {} : { endpoint }) });
  const dynamoDb = shutdown.add(await starting, (emulator) => emulator.stop());
  const { enforceIam = false, countCalls = false } = options;
  const isDetour = enforceIam || countCalls;
  const outages = new Outages({ seesTables: isDetour });
  const behind = isDetour ? aws.url : dynamoDb.endpoint;
  const faults = options.faults && (await startFaultyDynamoDb(behind, options.faults));
  if (faults) shutdown.add(faults, (proxy) => proxy.close());
  const dynamoDbUrl = faults?.url ?? behind;
  const secretsDir = path.join(dataDir, 'secrets');
  return {
    db,
    secretsDir,
    api,
    aws,
    account,
    app,
    resources,
    dynamoDb,
    dynamoDbUrl,
    outages,
    ...(faults && { faults }),
  };
}

function lockDataDir(dataDir: string) {
  const lock = tryLock(path.join(dataDir, 'twin.lock'));
  if ('release' in lock) return lock;
  throw new Error(`${dataDir} is in use by ${lock.heldBy}: stop that one first, or choose another folder with --data`);
}

async function openServers({ httpPort = 0, awsPort }: TwinOptions, shutdown: Shutdown) {
  const close = (server: LocalServer): Promise<void> => server.close();
  const api = shutdown.add(await openServer(httpPort), close);
  const aws = shutdown.add(await openServerFrom(awsPort ?? (httpPort === 0 ? 0 : httpPort + 1)), close);
  return { api, aws };
}

/** The twin's own state: queues, deliveries, executions, schedules, events on their way to functions. */
function openDatabase(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true });
  const db = new DatabaseSync(path.join(dataDir, 'twin.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
  return db;
}

/** The resources of some types. */
export function ofType(resources: readonly DeployedResource[], ...types: string[]): DeployedResource[] {
  return resources.filter(({ type }) => types.includes(type));
}
