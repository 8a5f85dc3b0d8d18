import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { startDynamoDb } from '../../local/dynamodb/emulator.ts';
import { ensureTables } from '../../local/dynamodb/tables.ts';
import { type TableName, tableNames } from '../../shared/model/entities.ts';
import { listingIndex, tableShapes } from '../../shared/model/tables.ts';
import { tableVariable } from '../../shared/platform/config.ts';

const keySchema = (keys: readonly string[]) =>
  keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' }));

const tableOf = (TableName: TableName) => {
  const { sortKey, listing } = tableShapes[TableName];
  const keys = sortKey ? ['pk', 'sk'] : ['pk'];
  const indexed = listing ? [listingIndex.partitionKey, listingIndex.sortKey] : [];
  return {
    TableName,
    KeySchema: keySchema(keys),
    AttributeDefinitions: [...keys, ...indexed].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    ...(listing && {
      GlobalSecondaryIndexes: [
        { IndexName: listingIndex.name, KeySchema: keySchema(indexed), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    }),
  };
};

/** Starts a database with every table, empty, and points this process at it; gives what ends it. */
export async function startTables(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-store-'));
  const emulator = await startDynamoDb({ dataDir: folder });
  await ensureTables(dynamoDbCall(emulator.endpoint), tableNames.map(tableOf));
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: emulator.endpoint,
    ...Object.fromEntries(tableNames.map((table) => [tableVariable(table), table])),
  });
  return async () => {
    await emulator.stop();
    await rm(folder, { recursive: true });
  };
}
