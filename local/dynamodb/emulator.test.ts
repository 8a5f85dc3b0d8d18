import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { dynamoDbCall } from './dynamodb-api.ts';
import { dynoxideBinary } from './dynoxide-binary.ts';
import { type DynamoDbEmulator, startDynamoDb } from './emulator.ts';
import { isOurDynoxide } from './orphan.ts';
import { ensureTables } from './tables.ts';
import { putItem, tableResource, testDirectory } from './test-database.ts';

const running: DynamoDbEmulator[] = [];

async function start(dataDir: string, port?: number): Promise<DynamoDbEmulator> {
  const emulator = await startDynamoDb({ dataDir, port });
  running.push(emulator);
  return emulator;
}

const itemCount = async (endpoint: string): Promise<unknown> =>
  (await dynamoDbCall(endpoint)('DynamoDB_20120810.Scan', { TableName: 'orders', Select: 'COUNT' })).Count;

afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.stop();
});

describe('startDynamoDb', () => {
  it('keeps its data over a stop and a start', async () => {
    const dataDir = testDirectory();
    const first = await start(dataDir);
    const call = dynamoDbCall(first.endpoint);
    await ensureTables(call, [tableResource('orders')]);
    await putItem(call, 'orders', 'o-1', 'order');
    await first.stop();
    expect(await itemCount((await start(dataDir)).endpoint)).toBe(1);
  });

  it('starts a killed dynoxide again on the same port, with everything it had accepted', async () => {
    const emulator = await start(testDirectory());
    const call = dynamoDbCall(emulator.endpoint);
    await ensureTables(call, [tableResource('orders')]);
    for (let index = 0; index < 100; index++) await putItem(call, 'orders', `o-${index}`, 'order');
    const { pid } = emulator;
    process.kill(pid ?? 0, 'SIGKILL');
    expect(await eventually(() => itemCount(emulator.endpoint))).toBe(100);
    expect(emulator.pid).not.toBe(pid);
  });

  it('ends the dynoxide that a killed run left on its database', async () => {
    const dataDir = testDirectory();
    const databaseFile = join(dataDir, 'dynamodb.db');
    const orphan = spawn(dynoxideBinary(), ['serve', '--port', '0', '--db-path', databaseFile], { stdio: 'ignore' });
    const pid = orphan.pid ?? 0;
    await eventually(() => (isOurDynoxide(pid, databaseFile) ? true : undefined));
    writeFileSync(join(dataDir, 'dynoxide.pid'), String(pid));
    await start(dataDir);
    await eventually(() => (orphan.signalCode ?? orphan.exitCode) ?? undefined); // prettier-ignore
  });

  it('leaves a stranger alone whose pid is in the pid file', async () => {
    const dataDir = testDirectory();
    const stranger = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
    writeFileSync(join(dataDir, 'dynoxide.pid'), String(stranger.pid));
    await start(dataDir);
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
    stranger.kill();
  });

  it('starts nothing for a foreign endpoint, and says what to do where there is no binary', async () => {
    const foreign = await startDynamoDb({ dataDir: '/nowhere', endpoint: 'http://127.0.0.1:8000' });
    expect(foreign).toMatchObject({ endpoint: 'http://127.0.0.1:8000', pid: undefined });
    expect(() => dynoxideBinary('sunos', 'sparc')).toThrow(/@dynoxide\/sunos-sparc.*DYNAMODB_ENDPOINT/);
  });
});
