import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { type DynamoDbEmulator, startDynamoDb } from '../../local/dynamodb/emulator.ts';
import { ensureTables } from '../../local/dynamodb/tables.ts';
import { tableNames } from '../../shared/model/entities.ts';
import { tableVariable } from '../../shared/platform/config.ts';
import { commit } from '../../shared/platform/dynamo/commit.ts';
import { get, getOnce, stockOf } from '../../shared/platform/dynamo/read.ts';
import { storeContract } from '../../shared/testing/store-contract.ts';

let folder: string;
let emulator: DynamoDbEmulator;

const tableOf = (TableName: string) => {
  const keys = TableName === 'idempotency' ? ['pk'] : ['pk', 'sk'];
  return {
    TableName,
    KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossdock-store-'));
  emulator = await startDynamoDb({ dataDir: folder });
  await ensureTables(dynamoDbCall(emulator.endpoint), tableNames.map(tableOf));
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: emulator.endpoint,
    ...Object.fromEntries(tableNames.map((table) => [tableVariable(table), table])),
  });
});

afterAll(async () => {
  await emulator.stop();
  await rm(folder, { recursive: true });
});

storeContract('on DynamoDB', () => ({ commit, get, stockOf, getOnce }));
