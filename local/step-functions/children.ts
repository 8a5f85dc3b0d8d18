import { AwsError } from '../aws-service.ts';
import { type CancelScope } from './cancel-scope.ts';
import { type Engine, type Started } from './engine.ts';
import { type Execution } from './execution.ts';
import { type ExecutionRow } from './execution-row.ts';
import { type Executions } from './executions.ts';
import { type Parking, type Wake } from './parking.ts';
import { type ChildExecutions, type ChildStart } from './runtime.ts';

/** Executions that tasks of other executions start, and those who wait for them. */
export class Children implements ChildExecutions {
  readonly #engine: Engine;
  readonly #executions: Executions;
  readonly #parking: Parking;
  readonly #waiting = new Map<string, Set<Wake<ExecutionRow>>>();

  constructor(engine: Engine, executions: Executions, parking: Parking) {
    this.#engine = engine;
    this.#executions = executions;
    this.#parking = parking;
  }

  async begin({ machineArn, input, name, again }: ChildStart): Promise<Started> {
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const begun = again ? this.#executions.byArn(arn) : undefined;
    if (begun !== undefined) return { arn, startedMs: begun.started };
    return this.#engine.start(machineArn, input, name);
  }

  ended(arn: string, scope: CancelScope): Promise<ExecutionRow> {
    return this.#parking.park<ExecutionRow>(scope, (wake) => {
      const row = this.#executions.byArn(arn);
      if (row === undefined) wake.reject(new AwsError('ExecutionDoesNotExist', arn));
      else if (row.status !== 'RUNNING') wake.resolve(row);
      const waiting = this.#waiting.get(arn) ?? new Set();
      this.#waiting.set(arn, waiting.add(wake));
      return () => {
        waiting.delete(wake);
        if (waiting.size === 0) this.#waiting.delete(arn);
      };
    });
  }

  async abort(arn: string): Promise<void> {
    const execution = this.#engine.running.get(arn);
    if (execution !== undefined) await this.#engine.finish(execution, { status: 'ABORTED' });
  }

  /** Wakes whoever waits for `execution`, which has ended. */
  notify({ arn }: Execution): void {
    const waiting = this.#waiting.get(arn);
    if (waiting === undefined) return;
    const row = this.#executions.byArn(arn);
    if (row !== undefined) for (const wake of [...waiting]) wake.resolve(row);
  }
}
