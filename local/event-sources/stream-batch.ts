import { AwsError, type InvokeFunction } from '../aws-service.ts';
import { type StreamRecord } from '../dynamodb/stream.ts';
import { type Queues } from '../sqs/durable-queues.ts';
import { type Backoff, waitBeforeRetry } from './backoff.ts';
import { batchOutcome } from './batch-response.ts';
import { failureMessage, type FailureReason } from './failure-message.ts';
import { type Mapping } from './mapping.ts';

/** A record of a batch, and whom to tell when it needs no more work. */
export interface BatchItem {
  readonly record: StreamRecord;
  readonly done: () => void;
}

/** What processing a batch needs. */
export interface BatchContext {
  readonly mapping: Mapping;
  readonly invoke: InvokeFunction;
  readonly sqs: Pick<Queues, 'send'>;
  readonly backoff: Backoff;
  readonly signal: AbortSignal;
  readonly clock: () => number;
}

/** What an attempt left: the first record that is not done, and whether the attempt counts as a failure of the function. */
interface Attempt {
  readonly firstFailed: number;
  readonly error: string;
  readonly counts: boolean;
  /** The function failed as a whole, so the batch may be halved. */
  readonly whole: boolean;
}

/**
 * Gets a batch through the function, in order: a partial failure repeats from the first failed record, a failing batch is halved
 * if the mapping says so, and one that is out of retries or too old goes to the failure destination. Rejects only when stopped.
 */
export async function processBatch(items: readonly BatchItem[], context: BatchContext): Promise<void> {
  let rest = items;
  for (let failures = 0, tries = 1; rest.length > 0; tries++) {
    const attempt = await invokeOnce(rest, context);
    rest.slice(0, attempt.firstFailed).forEach((item) => item.done());
    rest = rest.slice(attempt.firstFailed);
    if (rest.length === 0) return;
    if (attempt.firstFailed > 0) failures = 0;
    if (attempt.counts) failures++;
    const reason = givenUpBecause(rest, failures, context);
    const halve = attempt.whole && context.mapping.bisectBatchOnFunctionError && rest.length > 1;
    if (reason && !halve) {
      await giveUp(rest, reason, failures, context);
      return;
    }
    console.warn(`${context.mapping.functionName} failed on ${rest.length} stream records: ${attempt.error}`);
    await waitBeforeRetry(context.backoff, failures === 0 ? tries : failures, context.signal);
    if (halve) {
      await processHalves(rest, context);
      return;
    }
  }
}

async function processHalves(items: readonly BatchItem[], context: BatchContext): Promise<void> {
  const middle = Math.ceil(items.length / 2);
  await processBatch(items.slice(0, middle), context);
  await processBatch(items.slice(middle), context);
}

async function invokeOnce(items: readonly BatchItem[], { mapping, invoke, signal }: BatchContext): Promise<Attempt> {
  if (signal.aborted) throw new Error('stopped');
  const records = items.map((item) => item.record);
  try {
    const result = await invoke(mapping.functionName, { Records: records });
    const sequenceNumbers = records.map((record) => record.dynamodb.SequenceNumber);
    const outcome = batchOutcome(result, mapping.reportBatchItemFailures, new Set(sequenceNumbers));
    if ('error' in outcome) return { firstFailed: 0, error: outcome.error, counts: true, whole: true };
    const first = sequenceNumbers.findIndex((number) => outcome.failedIds.has(number));
    return { firstFailed: first < 0 ? items.length : first, error: 'reported failures', counts: true, whole: false };
  } catch (error) {
    // Throttled or not deployed: the function never saw the records, so this is no failure of theirs.
    if (error instanceof AwsError) return { firstFailed: 0, error: error.message, counts: false, whole: false };
    return { firstFailed: 0, error: String(error), counts: true, whole: true };
  }
}

function givenUpBecause(
  items: readonly BatchItem[],
  failures: number,
  { mapping, clock }: BatchContext,
): FailureReason | undefined {
  const { maximumRetryAttempts, maximumRecordAgeSeconds } = mapping;
  if (maximumRetryAttempts >= 0 && failures > maximumRetryAttempts) return 'RetryAttemptsExhausted';
  const createdAt = items[0]?.record.dynamodb.ApproximateCreationDateTime ?? 0;
  const tooOld = maximumRecordAgeSeconds >= 0 && clock() / 1000 - createdAt > maximumRecordAgeSeconds;
  return tooOld ? 'RecordAgeExceeded' : undefined;
}

async function giveUp(
  items: readonly BatchItem[],
  reason: FailureReason,
  failures: number,
  context: BatchContext,
): Promise<void> {
  const { mapping, clock } = context;
  const records = items.map((item) => item.record);
  console.warn(`${mapping.functionName} gives up ${records.length} stream records: ${reason}`);
  if (mapping.onFailureArn !== undefined) {
    const message = JSON.stringify(failureMessage(mapping, records, reason, failures, clock()));
    await sendUntilAccepted(mapping.onFailureArn, message, context);
  }
  items.forEach((item) => item.done());
}

async function sendUntilAccepted(arn: string, message: string, { sqs, backoff, signal }: BatchContext): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sqs.send(arn, message);
      return;
    } catch (error) {
      console.error(`failure destination ${arn} did not take a message`, error);
      await waitBeforeRetry(backoff, attempt, signal);
    }
  }
}
