import { type DatabaseSync } from 'node:sqlite';
import { type AwsService, type InvokeFunction, type Json } from '../aws-service.ts';
import { createCallResource, type Integrations } from './call-resource.ts';
import { systemClock, type Clock } from './clock.ts';
import { type Started } from './engine.ts';
import { createInterpreter } from './interpreter.ts';
import { parseMachine, type MachineInput } from './machine.ts';
import { pruneExecutions } from './prune.ts';
import { recoverExecutions } from './recovery.ts';
import { createWireService } from './wire/service.ts';

const dayMs = 86_400_000;

/** What the interpreter is connected to. */
export interface StepFunctionsOptions {
  /**
   * Where executions live; the interpreter's tables begin with `sfn_`. No transaction may be open across turns of the
   * event loop.
   */
  db: DatabaseSync;
  invoke: InvokeFunction;
  integrations: Integrations;
  clock?: Clock;
  /** Whether GetExecutionHistory has something to show. Default true. */
  history?: boolean;
  /** Days an ended execution is kept. Default 90, as on AWS. */
  retentionDays?: number;
}

/** The Step Functions service of the local twin. */
export interface StepFunctions {
  /** Deploys a state machine. Throws DefinitionError, naming every reason, for one it would not run as AWS does. */
  define(machine: MachineInput): void;
  readonly service: AwsService;
  /** Starts an execution as StartExecution does; it is on disk when this resolves. */
  start(machineArn: string, input: Json, name?: string): Promise<Started>;
  /**
   * Resumes everything that was running; call it once, after `define`. Also deletes executions past their retention.
   */
  recover(): Promise<void>;
  /** Billed state transitions by machine name since this interpreter was created: states entered and retries. */
  transitions(): Record<string, number>;
  /** Whether every execution only waits for a timer, a callback or a child. */
  idle(): boolean;
  /** Suspends every execution where it stands, without recording a failure. Takes no further work. */
  close(): Promise<void>;
}

/** Creates the interpreter on `db`. Nothing runs until `recover` or `start`. */
export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const { db, clock = systemClock, history = true, retentionDays = 90 } = options;
  const callResource = createCallResource(options.invoke, options.integrations);
  const interpreter = createInterpreter({ db, clock, history, callResource });
  const { runtime, engine, executions, definitions } = interpreter;
  return {
    define: (input) => engine.deploy(parseMachine(input)),
    service: createWireService(interpreter),
    start: (machineArn, input, name) => engine.start(machineArn, input, name),
    recover: async () => {
      pruneExecutions(db, clock.now() - retentionDays * dayMs);
      await recoverExecutions(engine, executions, definitions);
    },
    transitions: () => Object.fromEntries(interpreter.transitions),
    idle: () => runtime.parking.active === 0 && !runtime.store.dirty,
    close: () => {
      interpreter.shutDown();
      return Promise.resolve();
    },
  };
}
