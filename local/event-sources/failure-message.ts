import { randomUUID } from 'node:crypto';
import { type JsonObject } from '../aws-service.ts';
import { type StreamRecord } from '../dynamodb/stream.ts';
import { type Mapping } from './mapping.ts';

/** Why a batch of stream records was given up. */
export type FailureReason = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** What the on-failure destination receives: where the records are in the stream, not the records (Lambda developer guide). */
export function failureMessage(
  mapping: Mapping,
  records: readonly StreamRecord[],
  condition: FailureReason,
  approximateInvokeCount: number,
  now: number,
): JsonObject {
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  const arrivedAt = (seconds = 0): string => new Date(seconds * 1000).toISOString();
  return {
    requestContext: { requestId: randomUUID(), functionArn: mapping.functionName, condition, approximateInvokeCount },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000001',
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrivedAt(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: arrivedAt(last?.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn: mapping.source.arn,
    },
  };
}
