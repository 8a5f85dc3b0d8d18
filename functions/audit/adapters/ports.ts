import { setTimeout as wait } from 'node:timers/promises';
import { marshall } from '@aws-sdk/util-dynamodb';
import { systemClock } from '../../../shared/kernel/time.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { entityFrom, get, queryAll } from '../../../shared/platform/dynamo/read.ts';
import { type StockException } from '../../../shared/model/stock/stock-exception.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { type AuditPorts } from '../ports.ts';
import { again } from './again.ts';
import { everything } from './everything.ts';

/** Longer than a transaction takes to end, and than an index takes to follow. */
const pauseMilliseconds = 300;

/** The auditor on DynamoDB. */
export const awsPorts: AuditPorts = {
  clock: systemClock,
  everything,
  again,
  locations,
  openFindings,
  exception: (exceptionId) => get('stockException', { exceptionId }),
  order: (id) => get('order', id),
  report: (id) => get('auditReport', id),
  commit,
  pause: () => wait(pauseMilliseconds),
};

async function locations(): Promise<readonly Location[]> {
  const found: Location[] = [];
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': 'LOCATIONS' }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) found.push(entityFrom<'location'>(item));
  return found;
}

async function* openFindings(): AsyncGenerator<StockException> {
  const query = {
    TableName: tableName('stock'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${listingIndex.partitionKey} = :listing`,
    ExpressionAttributeValues: marshall({ ':listing': 'EXCEPTIONS' }),
  };
  for await (const { pk } of queryAll(query)) {
    const exception = await get('stockException', { exceptionId: pk?.S?.slice('EXCEPTION#'.length) ?? '' });
    if (exception?.code === 'audit-finding' && exception.resolvedAt === undefined) yield exception;
  }
}
