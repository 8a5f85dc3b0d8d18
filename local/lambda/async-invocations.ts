import { randomUUID } from 'node:crypto';
import { type DatabaseSync } from 'node:sqlite';
import { AwsError, type InvokeFunction, type InvokeResult, type Json } from '../aws-service.ts';
import { parseJson } from '../template/json.ts';
import { asyncPayloadLimitBytes } from './limits.ts';

/** How often a function is tried again on an asynchronous event, and where it goes in the end. */
export interface AsyncPolicy {
  readonly maximumRetryAttempts: number;
  /** Queue that gets the bare event (`DeadLetterConfig`). */
  readonly deadLetterArn?: string;
  /** Queue that gets the invocation record (`OnFailure`). */
  readonly onFailureArn?: string;
}

/** What asynchronous invocations need. */
export interface AsyncOptions {
  readonly db: DatabaseSync;
  readonly invoke: InvokeFunction;
  readonly policyOf: (functionName: string) => AsyncPolicy;
  readonly sendToQueue: (queueArn: string, body: string) => Promise<unknown>;
  /** Wait before a retry, by its number from 1. AWS waits one and then two minutes; a laptop has less patience. */
  readonly retryDelayMs?: (retry: number) => number;
}

interface QueuedEvent {
  readonly id: string;
  readonly functionName: string;
  readonly payload: string;
  readonly attempts: number;
  readonly dueAt: number;
}

const schema = `CREATE TABLE IF NOT EXISTS lambda_events (
  id TEXT PRIMARY KEY, functionName TEXT NOT NULL, payload TEXT NOT NULL, attempts INTEGER NOT NULL, dueAt INTEGER NOT NULL)`;

/** Lambda's event queue: an accepted event survives a crash, is tried again after errors and throttles, and ends in a dead letter. */
export class AsyncInvocations {
  private readonly options: AsyncOptions;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private closed = false;

  constructor(options: AsyncOptions) {
    this.options = options;
    options.db.exec(schema);
  }

  /** Accepts an event: durable when this returns. */
  enqueue(functionName: string, payload: Json): void {
    const text = JSON.stringify(payload);
    if (Buffer.byteLength(text) > asyncPayloadLimitBytes) {
      throw new AwsError(
        'RequestEntityTooLargeException',
        `${text.length} byte payload is too large for an event`,
        413,
      );
    }
    const event = { id: randomUUID(), functionName, payload: text, attempts: 0, dueAt: Date.now() };
    this.save(event);
    this.schedule(event);
  }

  /** Takes up what an earlier process left. */
  start(): void {
    for (const row of this.options.db.prepare('SELECT * FROM lambda_events').all()) {
      this.schedule(row as unknown as QueuedEvent);
    }
  }

  /** Events accepted and not finished. */
  get pending(): number {
    return this.timers.size + this.running.size;
  }

  /** Starts nothing more and waits for what runs. */
  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    await Promise.allSettled(this.running);
  }

  private schedule(event: QueuedEvent): void {
    const begin = (): void => {
      this.timers.delete(event.id);
      const run: Promise<void> = this.attempt(event).finally(() => this.running.delete(run));
      this.running.add(run);
    };
    this.timers.set(event.id, setTimeout(begin, Math.max(0, event.dueAt - Date.now())));
  }

  private async attempt(event: QueuedEvent): Promise<void> {
    const result = await this.options.invoke(event.functionName, parseJson(event.payload)).catch(asOutcome);
    if (this.closed) return;
    if (result === 'throttled') this.retry(event, event.attempts);
    else if (result.functionError) await this.afterFailure(event, result);
    else this.remove(event);
  }

  private async afterFailure(event: QueuedEvent, result: InvokeResult): Promise<void> {
    const policy = this.options.policyOf(event.functionName);
    if (event.attempts < policy.maximumRetryAttempts) {
      this.retry(event, event.attempts + 1);
    } else {
      await this.giveUp(event, policy, result);
      this.remove(event);
    }
  }

  private retry(event: QueuedEvent, attempts: number): void {
    const delayMs = this.options.retryDelayMs ?? ((retry: number) => retry * 1_000);
    const next = { ...event, attempts, dueAt: Date.now() + delayMs(Math.max(1, attempts)) };
    this.save(next);
    this.schedule(next);
  }

  private async giveUp(
    event: QueuedEvent,
    { deadLetterArn, onFailureArn }: AsyncPolicy,
    result: InvokeResult,
  ): Promise<void> {
    if (deadLetterArn !== undefined) await this.options.sendToQueue(deadLetterArn, event.payload);
    if (onFailureArn !== undefined) await this.options.sendToQueue(onFailureArn, failureRecord(event, result));
  }

  private save({ id, functionName, payload, attempts, dueAt }: QueuedEvent): void {
    const insert = this.options.db.prepare('INSERT OR REPLACE INTO lambda_events VALUES (?, ?, ?, ?, ?)');
    insert.run(id, functionName, payload, attempts, dueAt);
  }

  private remove({ id }: QueuedEvent): void {
    this.options.db.prepare('DELETE FROM lambda_events WHERE id = ?').run(id);
  }
}

/** A throttle is waited out; anything else, such as a function that a new template no longer has, counts as its failure. */
function asOutcome(error: unknown): 'throttled' | InvokeResult {
  if (error instanceof AwsError && (error.status === 429 || error.status === 503)) return 'throttled';
  return { payload: { errorMessage: String(error) }, functionError: 'Unhandled' };
}

/** The invocation record of an `OnFailure` destination (Lambda developer guide, "Destinations"). */
function failureRecord(event: QueuedEvent, result: InvokeResult): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: event.id,
      functionArn: `${event.functionName}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: event.attempts + 1,
    },
    requestPayload: parseJson(event.payload),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: result.functionError },
    responsePayload: result.payload,
  });
}
