import { dynamoDbCall } from './dynamodb-api.ts';
import { DynoxideStreams } from './dynoxide-streams.ts';
import { type DynamoDbEmulator } from './emulator.ts';
import { EndpointStreams } from './endpoint-streams.ts';
import { type ChangeStreams } from './stream.ts';

/** The change streams of a running database: through its SQLite file if it is ours, else through the DynamoDB Streams API. */
export function openChangeStreams({
  databaseFile,
  endpoint,
}: Pick<DynamoDbEmulator, 'databaseFile' | 'endpoint'>): ChangeStreams {
  return databaseFile === undefined ? new EndpointStreams(dynamoDbCall(endpoint)) : new DynoxideStreams(databaseFile);
}
