import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type JsonObject } from '../aws-service.ts';
import { type DynamoDbCall } from './dynamodb-api.ts';

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A directory for a test's database, in memory where the machine has such a place; removed after the test file. */
export function testDirectory(): string {
  const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'crossdock-'));
  directories.push(directory);
  return directory;
}

/** The resource properties of a table with a string key `pk`, `sk` and a stream. */
export function tableResource(TableName: string, overrides: JsonObject = {}): JsonObject {
  return {
    TableName,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    ...overrides,
  };
}

/** Puts one item with a string key. */
export async function putItem(
  call: DynamoDbCall,
  TableName: string,
  pk: string,
  sk: string,
  rest: JsonObject = {},
): Promise<void> {
  await call('DynamoDB_20120810.PutItem', { TableName, Item: { pk: { S: pk }, sk: { S: sk }, ...rest } });
}
