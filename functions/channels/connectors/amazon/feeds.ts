import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { partsOf } from './api-url.ts';
import { text } from './fields.ts';
import { callApi, readAnswer, wordsOf } from './sp-api.ts';

/** The feeds that are used: https://developer-docs.amazon.com/sp-api/docs/feed-type-values */
export type FeedType = 'JSON_LISTINGS_FEED' | 'POST_ORDER_ACKNOWLEDGEMENT_DATA' | 'POST_PAYMENT_ADJUSTMENT_DATA';

/** The largest report that is read. */
const mostBytes = 20 * 1024 * 1024;

/**
 * Gives Amazon a feed: a document is made, filled where Amazon says, and submitted; only the last of the three does anything. Refusal:
 * `provider-unavailable`. Source: https://developer-docs.amazon.com/sp-api/docs/feeds-api-v2021-06-30-use-case-guide
 */
export async function submitFeed(
  connection: Connection,
  feedType: FeedType,
  content: string,
): Promise<Result<{ readonly feedId: string }>> {
  const contentType = feedType === 'JSON_LISTINGS_FEED' ? 'application/json; charset=UTF-8' : 'text/xml; charset=UTF-8';
  const document = await post(
    connection,
    { operation: 'createFeedDocument', path: '/feeds/2021-06-30/documents', body: { contentType } },
    z.object({ feedDocumentId: z.string().min(1), url: z.url() }),
  );
  if (!document.ok) return document;
  const uploaded = await upload(connection, document.value.url, contentType, content);
  if (!uploaded.ok) return uploaded;
  const body = {
    feedType,
    marketplaceIds: partsOf(connection.channel, 'marketplaceIds'),
    inputFeedDocumentId: document.value.feedDocumentId,
  };
  return post(
    connection,
    { operation: 'createFeed', path: '/feeds/2021-06-30/feeds', body },
    z.object({ feedId: z.string().min(1) }),
  );
}

async function post<T>(
  connection: Connection,
  call: { readonly operation: string; readonly path: string; readonly body: unknown },
  schema: z.ZodType<T>,
): Promise<Result<T>> {
  const answer = await callApi(connection, { ...call, method: 'POST' });
  if (!answer.ok) return answer;
  if (answer.value.status < 300) return readAnswer(answer.value, schema, call.operation);
  return refuse(
    'provider-unavailable',
    `Amazon did not take ${call.operation} (${wordsOf(answer.value)}). It is tried again.`,
  );
}

/** The address is signed by Amazon and good for minutes: it needs no token, and is in no words. */
async function upload(connection: Connection, url: string, contentType: string, body: string): Promise<Result<true>> {
  const answer = await connection.call({
    operation: 'uploadFeedDocument',
    method: 'PUT',
    url,
    headers: { 'content-type': contentType },
    body,
  });
  if (!answer.ok) return answer;
  return answer.value.status < 300
    ? ok(true)
    : refuse(
        'provider-unavailable',
        `Amazon's storage did not take a feed document (${answer.value.status}). It is tried again.`,
      );
}

const feed = z.object({ processingStatus: z.string(), resultFeedDocumentId: text });

/** What Amazon's report of a feed says; `pending` while it works on it, `undefined` where it did not do it, with or without reasons. */
export async function feedReport(
  connection: Connection,
  feedId: string,
): Promise<Result<'pending' | Buffer | undefined>> {
  const operation = 'getFeed';
  const path = `/feeds/2021-06-30/feeds/${encodeURIComponent(feedId)}`;
  const answer = await callApi(connection, { operation, path });
  if (!answer.ok) return answer;
  const read = readAnswer(answer.value, feed, operation);
  if (!read.ok) return read;
  const { processingStatus, resultFeedDocumentId } = read.value;
  if (processingStatus === 'IN_QUEUE' || processingStatus === 'IN_PROGRESS') return ok('pending');
  if (processingStatus !== 'DONE' || resultFeedDocumentId == null) return ok(undefined);
  return download(connection, resultFeedDocumentId);
}

async function download(connection: Connection, feedDocumentId: string): Promise<Result<Buffer>> {
  const operation = 'getFeedDocument';
  const path = `/feeds/2021-06-30/documents/${encodeURIComponent(feedDocumentId)}`;
  const answer = await callApi(connection, { operation, path });
  if (!answer.ok) return answer;
  const document = readAnswer(answer.value, z.object({ url: z.url(), compressionAlgorithm: text }), operation);
  if (!document.ok) return document;
  const { url, compressionAlgorithm } = document.value;
  const report = await connection.call({ operation: 'downloadFeedDocument', method: 'GET', url });
  if (!report.ok) return report;
  if (report.value.status !== 200)
    return refuse(
      'provider-unavailable',
      `Amazon's storage did not give the report of a feed (${report.value.status}).`,
    );
  const { body } = report.value;
  return compressionAlgorithm === 'GZIP' ? unzipped(body) : ok(body);
}

function unzipped(body: Buffer): Result<Buffer> {
  try {
    return ok(gunzipSync(body, { maxOutputLength: mostBytes }));
  } catch {
    return refuse('provider-unavailable', 'The report of a feed cannot be unzipped. It is asked for again.');
  }
}

/** Whether feeds of a type were submitted since a time, RFC 3339. */
export async function hasFeedSince(
  connection: Connection,
  feedType: FeedType,
  since: string,
): Promise<Result<boolean>> {
  const operation = 'getFeeds';
  const query = { feedTypes: feedType, createdSince: since, pageSize: '10' };
  const answer = await callApi(connection, { operation, path: '/feeds/2021-06-30/feeds', query });
  if (!answer.ok) return answer;
  const read = readAnswer(answer.value, z.object({ feeds: z.array(z.unknown()) }), operation);
  return read.ok ? ok(read.value.feeds.length > 0) : read;
}
