import { type Json, type JsonObject } from '../aws-service.ts';
import { type CancelScope } from './cancel-scope.ts';
import { type Machine } from './machine.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** An error as it is stored and as `$states.errorOutput` shows it. */
export interface ErrorOutput {
  Error: string;
  Cause: string;
}

/** What SendTaskSuccess or SendTaskFailure left for a task. */
export type TaskReply = { output: Json } | { error: ErrorOutput };

/** Where one frame stands: all that a restart needs. Times are absolute milliseconds. */
export interface Cursor {
  state: string;
  input: Json;
  enteredMs: number;
  variables: JsonObject;
  /** Retries done in this state, by position in `Retry`. */
  retries?: Record<string, number>;
  /** When the next attempt is due. */
  retryAtMs?: number;
  /** When a Wait ends. */
  wakeAtMs?: number;
  /** When the task of this attempt times out. */
  deadlineMs?: number;
  /** When the next heartbeat is overdue. */
  heartbeatDueMs?: number;
  /** How long a heartbeat lasts. */
  heartbeatMs?: number;
  /** Arguments that would come out differently a second time, kept for this attempt. */
  arguments?: Json;
  token?: string;
  /** The message that carries the token is out. */
  sent?: boolean;
  reply?: TaskReply;
  /** Name of the execution that this task starts. */
  child?: string;
  /** The frame is over. */
  done?: { output: Json } | { error: ErrorOutput };
  /** The frame's newest event in the history. */
  event: number;
}

/**
 * An execution that runs in this process. A frame's path is `''` for the root, `/Map[3]/Par[0]` for a branch of an
 * item.
 */
export interface Execution {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly machine: Machine;
  readonly input: Json;
  readonly startedMs: number;
  readonly frames: Map<string, Cursor>;
  readonly scope: CancelScope;
  /** Number of the newest history event. */
  events: number;
  outcome?: Outcome;
}

/** How an execution ended. */
export interface Outcome {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly stoppedMs: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** The fields that belong to one attempt at a state, not to the state. */
export function forgetAttempt(cursor: Cursor): void {
  delete cursor.retryAtMs;
  delete cursor.wakeAtMs;
  delete cursor.deadlineMs;
  delete cursor.heartbeatDueMs;
  delete cursor.heartbeatMs;
  delete cursor.arguments;
  delete cursor.token;
  delete cursor.sent;
  delete cursor.reply;
  delete cursor.child;
}
