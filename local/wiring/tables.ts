import { type DynamoDbCall, dynamoDbCall } from '../dynamodb/dynamodb-api.ts';
import { ensureTables } from '../dynamodb/tables.ts';
import { type JsonObject } from '../aws-service.ts';
import { startTtlSweep } from '../dynamodb/ttl.ts';
import { type DeployedResource } from '../template/cloudformation.ts';
import { isObject, listOf } from '../template/json.ts';
import { type Foundation, ofType } from './foundation.ts';
import { type Shutdown } from './shutdown.ts';

/** Makes the tables be what the template says, and lets expired items go. */
export async function buildTables({ resources, dynamoDb }: Foundation, shutdown: Shutdown): Promise<void> {
  const call: DynamoDbCall = dynamoDbCall(dynamoDb.endpoint);
  const declared = ofType(resources, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(tableOf);
  const tables = await ensureTables(call, declared);
  shutdown.add(startTtlSweep(call, tables), (sweep) => sweep.stop());
}

/** A global table says of its stream and keys what a plain one does; it may have one replica here. */
function tableOf({ properties, name, logicalId }: DeployedResource): JsonObject {
  const replicas = listOf(properties['Replicas']).filter(isObject);
  if (replicas.length > 1) throw new Error(`${logicalId}: replicas in other regions are not supported by the twin`);
  return { ...properties, TableName: name };
}
