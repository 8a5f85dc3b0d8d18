import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Notice, orderIdOfNotice } from '../../../shared/model/channels/notice.ts';
import { noticeListing } from '../../../shared/model/places/inbox.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { type PageRequest, listingPage } from '../../../shared/platform/dynamo/listing.ts';
import { get } from '../../../shared/platform/dynamo/read.ts';
import { type ListedNoticeState, type NoticePage, type PendingNotice } from '../ports.ts';

const { partitionKey, sortKey } = listingIndex;

/** The beginning of what a channel is to be told. The index holds keys only: `<due>#<notice>`. */
export async function pendingNotices(channelId: string, most: number): Promise<PendingNotice[]> {
  const { Items = [] } = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName('inbox'),
      IndexName: listingIndex.name,
      KeyConditionExpression: `${partitionKey} = :listing`,
      ExpressionAttributeValues: marshall({ ':listing': noticeListing.PENDING(channelId) }),
      Limit: most,
    }),
  );
  return Items.map((item) => {
    const [dueAt = '', noticeId = ''] = String(unmarshall(item)[sortKey]).split('#');
    return { dueAt, orderId: orderIdOfNotice(noticeId) };
  });
}

/** The index names the notices and may lag behind: each is read, and those that went on meanwhile are left out. */
export async function noticePage(
  channelId: string,
  state: ListedNoticeState,
  page: PageRequest,
): Promise<Result<NoticePage>> {
  const listed = await listingPage('inbox', noticeListing[state](channelId), page);
  if (!listed.ok) return listed;
  const { items, cursor } = listed.value;
  const read = await Promise.all(items.map((item) => get('notice', { noticeId: String(unmarshall(item)['sk']) })));
  const notices = read.filter((notice): notice is Notice => notice?.state === state);
  return ok({ notices, ...(cursor !== undefined && { cursor }) });
}
