import { AwsError, type Json, type JsonObject } from '../aws-service.ts';
import { assertBatch } from './limits.ts';

/** Runs each entry of a batch request on its own and reports which failed, as all SQS batch operations do. */
export async function runBatch<T extends { readonly Id: string }>(
  entries: readonly T[],
  run: (entry: T) => Promise<JsonObject>,
  bytesOf: (entry: T) => number = () => 0,
): Promise<JsonObject> {
  assertBatch(entries.map((entry) => ({ Id: entry.Id, bytes: bytesOf(entry) })));
  const outcomes = await Promise.allSettled(entries.map(run));
  const successful: Json[] = [];
  const failed: Json[] = [];
  outcomes.forEach((outcome, index) => {
    const id = entries[index]?.Id ?? '';
    if (outcome.status === 'fulfilled') successful.push({ Id: id, ...outcome.value });
    else failed.push(failedEntry(id, outcome.reason));
  });
  return { Successful: successful, Failed: failed };
}

function failedEntry(id: string, reason: unknown): JsonObject {
  if (!(reason instanceof AwsError)) throw reason;
  return { Id: id, Code: reason.code, Message: reason.message, SenderFault: reason.status < 500 };
}
