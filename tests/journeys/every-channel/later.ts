import { AwsError, type Json, type JsonObject } from '../../../local/aws-service.ts';
import { type DynamoDbCall, dynamoDbCall } from '../../../local/dynamodb/dynamodb-api.ts';
import { pausedListing, pollListing, waitingListing } from '../../../shared/model/places/inbox.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { isObject, listOf } from '../../../local/template/json.ts';

const TableName = 'crossdock-local-inbox';
const past = '2020-01-01T00:00:00.000Z';

/** How many deliveries of a channel wait. */
export const waitingOf = async (dynamoDbUrl: string, channelId: string): Promise<number> =>
  (await plannedOf(dynamoDbCall(dynamoDbUrl), channelId)).filter(isWaiting).length;

/**
 * Lets the time pass that a channel's deliveries and polls wait for: what is planned for later is due. Minutes of waiting are all that a test
 * saves by it; who acts, and how, stays as deployed.
 */
export async function timePasses(dynamoDbUrl: string, channelId: string): Promise<void> {
  const call = dynamoDbCall(dynamoDbUrl);
  for (const item of await plannedOf(call, channelId)) {
    const name = isWaiting(item) ? 'retryAt' : 'dueAt';
    if (item[name] !== undefined && !isAnnounced(item)) await due(call, item, name);
  }
}

/** What the listings of the inbox have of a channel: they are what the schedules read. */
async function plannedOf(call: DynamoDbCall, channelId: string): Promise<JsonObject[]> {
  const listings = [waitingListing, pausedListing(channelId), pollListing];
  const keys = (await Promise.all(listings.map((listing) => keysIn(call, listing)))).flat();
  const own = keys.filter(({ pk }) => !isPollOfOther(textOf(pk), channelId));
  const items = await Promise.all(own.map((Key) => itemOf(call, Key)));
  return items.filter((item) => textOf(item['channelId']) === channelId);
}

const isPollOfOther = (pk: string, channelId: string): boolean =>
  pk.startsWith('POLL#') && pk.split('#')[1] !== channelId;

async function keysIn(call: DynamoDbCall, listing: string): Promise<JsonObject[]> {
  const { Items } = await call('DynamoDB_20120810.Query', {
    TableName,
    IndexName: listingIndex.name,
    KeyConditionExpression: 'lpk = :listing',
    ExpressionAttributeValues: { ':listing': { S: listing } },
  });
  return listOf(Items)
    .filter(isObject)
    .map(({ pk, sk }) => ({ pk, sk }));
}

async function itemOf(call: DynamoDbCall, Key: JsonObject): Promise<JsonObject> {
  const { Item } = await call('DynamoDB_20120810.GetItem', { TableName, Key, ConsistentRead: true });
  return isObject(Item) ? Item : {};
}

/** It is under way: nobody waits for it. */
const isAnnounced = ({ events }: JsonObject): boolean => isObject(events) && listOf(events['L']).length > 0;

const isWaiting = (item: JsonObject): boolean => textOf(item['state']) === 'WAITING';

/** Unless somebody changed it meanwhile: then it was not waiting. */
async function due(call: DynamoDbCall, item: JsonObject, name: 'retryAt' | 'dueAt'): Promise<void> {
  const { pk, sk, version, lsk } = item;
  const rest = textOf(lsk).slice(past.length);
  await call('DynamoDB_20120810.UpdateItem', {
    TableName,
    Key: { pk: pk ?? null, sk: sk ?? null },
    UpdateExpression: `SET ${name} = :past, lsk = :lsk`,
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: { ':past': { S: past }, ':lsk': { S: `${past}${rest}` }, ':version': version ?? null },
  }).catch((error: unknown) => {
    if (!(error instanceof AwsError && error.code === 'ConditionalCheckFailedException')) throw error;
  });
}

const textOf = (value: Json | undefined): string => {
  const text = value !== undefined && isObject(value) ? value['S'] : undefined;
  return typeof text === 'string' ? text : '';
};
