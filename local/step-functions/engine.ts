import { randomUUID } from 'node:crypto';
import { AwsError, type Json } from '../aws-service.ts';
import { CancelScope } from './cancel-scope.ts';
import { type Definitions } from './definitions.ts';
import { type Execution, type Outcome } from './execution.ts';
import { type Executions } from './executions.ts';
import { openFrame } from './frame.ts';
import { type Machine } from './machine.ts';
import { largestPayloadBytes, isTooLarge } from './payload-limit.ts';
import { runFrame } from './run-frame.ts';
import { type Runtime } from './runtime.ts';
import { Suspended, toStateError } from './state-error.ts';

/** What StartExecution answers. */
export interface Started {
  arn: string;
  startedMs: number;
}

const historyTypes = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

/** Names AWS refuses: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const badName = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Runs executions: from their start, or from where a restart found them, to their outcome. */
export class Engine {
  readonly #runtime: Runtime;
  readonly #executions: Executions;
  readonly #definitions: Definitions;
  readonly #machines = new Map<string, Machine>();
  readonly #running = new Map<string, Execution>();
  readonly #byId = new Map<number, Execution>();
  readonly #onEnd: (execution: Execution) => void;
  /** When this process began, as seconds: the twin keeps no creation dates of machines. */
  readonly deployedSeconds: number;
  #lastId: number;

  constructor(
    runtime: Runtime,
    executions: Executions,
    definitions: Definitions,
    onEnd: (execution: Execution) => void,
  ) {
    this.#runtime = runtime;
    this.#executions = executions;
    this.#definitions = definitions;
    this.#onEnd = onEnd;
    this.deployedSeconds = runtime.clock.now() / 1000;
    this.#lastId = executions.lastId();
  }

  /** Deployed machines, by ARN. */
  get machines(): ReadonlyMap<string, Machine> {
    return this.#machines;
  }

  /** Executions in this process, by ARN. */
  get running(): ReadonlyMap<string, Execution> {
    return this.#running;
  }

  /** An execution in this process. */
  byId(id: number): Execution | undefined {
    return this.#byId.get(id);
  }

  /** Deploys a machine; executions from now on use it. */
  deploy(machine: Machine): void {
    this.#definitions.save(machine);
    this.#machines.set(machine.arn, machine);
  }

  /** Starts an execution; it exists on disk when this resolves. Throws AwsErrors as StartExecution does. */
  async start(machineArn: string, input: Json, name: string = randomUUID()): Promise<Started> {
    const machine = this.#machines.get(machineArn);
    if (machine === undefined) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
    }
    assertStartable(name, input);
    if (this.#runtime.closing) throw new AwsError('ServiceUnavailable', 'The twin is shutting down', 503);
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const existing = this.#existing(arn, JSON.stringify(input));
    if (existing === undefined) return this.#begin(machine, arn, name, input);
    await this.#runtime.store.flushed();
    return existing;
  }

  #begin(machine: Machine, arn: string, name: string, input: Json): Promise<Started> {
    const startedMs = this.#runtime.clock.now();
    const execution: Execution = {
      id: ++this.#lastId,
      arn,
      name,
      machine,
      input,
      startedMs,
      frames: new Map(),
      scope: new CancelScope(),
      events: 0,
    };
    this.adopt(execution);
    this.#runtime.store.create(execution);
    const started = { roleArn: machine.roleArn };
    this.#runtime.history.append(execution, 'ExecutionStarted', 0, started);
    return this.#runtime.store.flushed().then(() => {
      this.launch(execution);
      return { arn, startedMs };
    });
  }

  /** AWS answers the running execution of the same name and input again, and refuses every other use of the name. */
  #existing(arn: string, inputText: string): Started | undefined {
    const running = this.#running.get(arn);
    if (running?.outcome === undefined && running !== undefined && JSON.stringify(running.input) === inputText) {
      return { arn, startedMs: running.startedMs };
    }
    if (running === undefined && this.#executions.byArn(arn) === undefined) return undefined;
    throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }

  /** Makes an execution known in this process, without running it yet. */
  adopt(execution: Execution): void {
    this.#running.set(execution.arn, execution);
    this.#byId.set(execution.id, execution);
  }

  /** Stops work on every execution without giving it an outcome. */
  suspendAll(): void {
    for (const execution of this.#running.values()) execution.scope.cancel();
  }

  /** Runs an execution, in the background. */
  launch(execution: Execution): void {
    void this.#runtime.parking.busy(() => this.#run(execution));
  }

  async #run(execution: Execution): Promise<void> {
    const stopTimer = this.#watchTimeout(execution);
    try {
      const output = await this.#runRoot(execution);
      await this.finish(execution, { status: 'SUCCEEDED', output });
    } catch (thrown) {
      if (thrown instanceof Suspended || this.#runtime.closing) return;
      const { error, causeText: cause } = toStateError(thrown);
      await this.finish(execution, { status: 'FAILED', error, cause });
    } finally {
      stopTimer();
    }
  }

  #runRoot(execution: Execution): Promise<Json> {
    const { machine, scope, input } = execution;
    if (scope.cancelled) throw new Suspended();
    const frame = openFrame({
      runtime: this.#runtime,
      execution,
      flow: machine.definition,
      path: '',
      outer: {},
      mapItem: undefined,
      scope,
      input,
      event: execution.events,
    });
    return runFrame(frame);
  }

  #watchTimeout(execution: Execution): () => void {
    const { TimeoutSeconds } = execution.machine.definition;
    if (TimeoutSeconds === undefined) return () => undefined;
    return this.#runtime.timers.at(execution.startedMs + TimeoutSeconds * 1000, () => {
      this.finish(execution, { status: 'TIMED_OUT', error: 'States.Timeout' }).catch(ignoreSuspension);
    });
  }

  /** Gives the execution its outcome, once; resolves when that is on disk. Whatever of it still runs is cancelled. */
  async finish(execution: Execution, outcome: Omit<Outcome, 'stoppedMs'>): Promise<void> {
    if (execution.outcome !== undefined) return;
    const { store, history, clock } = this.#runtime;
    const { status, error, cause } = outcome;
    execution.outcome = { ...outcome, stoppedMs: clock.now() };
    const last = execution.frames.get('')?.event ?? execution.events;
    history.append(execution, historyTypes[status], last, { error, cause });
    execution.frames.clear();
    store.finish(execution);
    execution.scope.cancel();
    await store.flushed();
    this.#running.delete(execution.arn);
    this.#byId.delete(execution.id);
    this.#onEnd(execution);
  }
}

/** The database refused a commit: reported by the store, and tried again with the next one. */
function ignoreSuspension(error: unknown): void {
  if (!(error instanceof Suspended)) throw error;
}

function assertStartable(name: string, input: Json): void {
  if (name.length === 0 || name.length > 80 || badName.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  }
  if (isTooLarge(JSON.stringify(input))) {
    throw new AwsError('ValidationException', `The input is larger than ${largestPayloadBytes} bytes.`);
  }
}
