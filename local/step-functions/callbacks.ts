import { AwsError, type Json } from '../aws-service.ts';
import { type Engine } from './engine.ts';
import { type Cursor, type Execution, type TaskReply } from './execution.ts';
import { type Executions } from './executions.ts';
import { isTooLarge, largestPayloadBytes } from './payload-limit.ts';
import { type Runtime } from './runtime.ts';
import { taskAddress } from './task-token.ts';

interface PendingTask {
  execution: Execution;
  path: string;
  cursor: Cursor;
}

/**
 * SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat: each is on disk before it answers, and the first reply
 * wins.
 */
export class Callbacks {
  readonly #runtime: Runtime;
  readonly #engine: Engine;
  readonly #executions: Executions;

  constructor(runtime: Runtime, engine: Engine, executions: Executions) {
    this.#runtime = runtime;
    this.#engine = engine;
    this.#executions = executions;
  }

  /** Ends the task with `output`. */
  succeed(token: string, output: Json): Promise<void> {
    if (isTooLarge(JSON.stringify(output))) {
      throw new AwsError('ValidationException', `The output is larger than ${largestPayloadBytes} bytes.`);
    }
    return this.#reply(token, { output });
  }

  /** Ends the task with an error, which Retry and Catch may take. */
  fail(token: string, error = 'States.TaskFailed', cause = ''): Promise<void> {
    return this.#reply(token, { error: { Error: error, Cause: cause } });
  }

  /** Puts the next heartbeat's due time off. */
  async heartbeat(token: string): Promise<void> {
    const { execution, path, cursor } = this.#pending(token);
    if (cursor.heartbeatMs === undefined) return;
    cursor.heartbeatDueMs = this.#runtime.clock.now() + cursor.heartbeatMs;
    this.#runtime.store.saveFrame(execution, path);
    await this.#runtime.store.flushed();
  }

  async #reply(token: string, reply: TaskReply): Promise<void> {
    const { execution, path, cursor } = this.#pending(token);
    cursor.reply = reply;
    this.#runtime.store.saveFrame(execution, path);
    await this.#runtime.store.flushed();
    this.#runtime.replies.get(token)?.resolve(reply);
  }

  #pending(token: string): PendingTask {
    if (this.#runtime.closing) throw new AwsError('ServiceUnavailable', 'The twin is shutting down', 503);
    const address = taskAddress(token);
    if (address === undefined) throw new AwsError('InvalidToken', 'Invalid Token');
    const { executionId, path } = address;
    const execution = this.#engine.byId(executionId);
    const cursor = execution?.frames.get(path);
    if (execution !== undefined && cursor?.token === token && cursor.reply === undefined) {
      return { execution, path, cursor };
    }
    throw this.#gone(executionId, execution !== undefined);
  }

  /** Why there is no such task. One that a starting or ending twin does not have yet is worth trying again. */
  #gone(executionId: number, known: boolean): AwsError {
    const row = known ? undefined : this.#executions.byId(executionId);
    if (row?.status === 'RUNNING') {
      return new AwsError('ServiceUnavailable', 'The execution is not resumed yet', 503);
    }
    if (known || row !== undefined) {
      return new AwsError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
    }
    return new AwsError('TaskDoesNotExist', 'Task Does Not Exist');
  }
}
