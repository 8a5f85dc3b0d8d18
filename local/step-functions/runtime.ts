import { type Json } from '../aws-service.ts';
import { type CancelScope } from './cancel-scope.ts';
import { type Clock } from './clock.ts';
import { type Execution, type TaskReply } from './execution.ts';
import { type ExecutionRow } from './execution-row.ts';
import { type History } from './history.ts';
import { type Parking, type Wake } from './parking.ts';
import { type Store } from './store.ts';
import { type CallResource } from './call-resource.ts';
import { type Timers } from './timers.ts';

/** An execution that a task starts; `again` after a restart, when it may have begun already. */
export interface ChildStart {
  machineArn: string;
  input: Json;
  name: string;
  again: boolean;
}

/** How a Task state starts other executions and learns of their end. */
export interface ChildExecutions {
  /** Starts one; throws an AwsError if that is refused, and `ExecutionAlreadyExists` only if `again` is false. */
  begin(child: ChildStart): Promise<{ arn: string; startedMs: number }>;
  /** Parks until the execution has ended. */
  ended(arn: string, scope: CancelScope): Promise<ExecutionRow>;
  /** Aborts it if it still runs. */
  abort(arn: string): Promise<void>;
}

/** What frames run on: one per interpreter. */
export interface Runtime {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly parking: Parking;
  readonly store: Store;
  readonly history: History;
  readonly callResource: CallResource;
  readonly children: ChildExecutions;
  /** Tasks that wait for their callback, by token. */
  readonly replies: Map<string, Wake<TaskReply>>;
  /** The twin shuts down: what is cancelled now goes on after the restart. */
  readonly closing: boolean;
  /** Counts one billed state transition of the execution's machine. */
  countTransition(execution: Execution): void;
}
