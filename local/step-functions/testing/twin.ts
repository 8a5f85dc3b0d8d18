import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { eventually } from '../../../shared/testing/eventually.ts';
import { AwsError, type Json, type JsonObject } from '../../aws-service.ts';
import { type Clock } from '../clock.ts';
import { createStepFunctions, type StepFunctions, type StepFunctionsOptions } from '../step-functions.ts';
import { fastClock } from './fast-clock.ts';

/** A Lambda function of a test: answers, or throws a {@link FunctionError}. */
export type TestFunction = (payload: Json) => Promise<Json> | Json;

/** What a test function throws to fail as a real one does. */
export class FunctionError extends Error {
  readonly type: string;

  constructor(type: string, message = '') {
    super(message);
    this.type = type;
  }
}

/** The ARN of a machine of the tests. */
export const machineArn = (name: string): string => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;

/** The resource of most tasks here. */
export const lambdaInvoke = 'arn:aws:states:::lambda:invoke';

/** An interpreter of tests, with what it called. Its clock runs 100 times faster unless told. */
export interface TestTwin {
  readonly stepFunctions: StepFunctions;
  readonly db: DatabaseSync;
  readonly functions: Record<string, TestFunction>;
  readonly calls: { service: string; action: string; input: JsonObject }[];
  /** Deploys a machine of JSONata states. */
  define(name: string, states: JsonObject, more?: JsonObject): void;
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  start(name: string, input?: Json, executionName?: string): Promise<string>;
  /** Starts an execution, waits for its end and describes it, its output parsed. */
  run(name: string, input?: Json, executionName?: string): Promise<Ended>;
  ended(executionArn: string): Promise<Ended>;
  status(executionArn: string): Promise<Json | undefined>;
}

export interface Ended {
  status: string;
  output?: Json;
  error?: string;
  cause?: string;
}

async function invoke(functions: Record<string, TestFunction>, name: string, payload: Json) {
  const run = functions[name];
  if (run === undefined) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
  try {
    return { payload: await run(payload) };
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const failure = { errorType: error.type, errorMessage: error.message, trace: [] };
    return { payload: failure, functionError: 'Unhandled' as const };
  }
}

const description = z.object({
  status: z.string(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});

function ended(answer: JsonObject): Ended | undefined {
  const { status, output, error, cause } = description.parse(answer);
  if (status === 'RUNNING') return undefined;
  return {
    status,
    ...(output === undefined ? {} : { output: z.json().parse(JSON.parse(output)) }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

interface TwinOptions {
  file?: string;
  clock?: Clock;
  functions?: Record<string, TestFunction>;
  options?: Partial<StepFunctionsOptions>;
  integrations?: StepFunctionsOptions['integrations'];
}

/** Talks to an interpreter as a client would. */
function clientOf(stepFunctions: StepFunctions) {
  const call = (operation: string, input: JsonObject) => stepFunctions.service.call(operation, input, 'test');
  const describe = (executionArn: string) => call('DescribeExecution', { executionArn });
  const start = async (name: string, input: Json = {}, executionName?: string) => {
    const request = { stateMachineArn: machineArn(name), input: JSON.stringify(input), name: executionName };
    return z.string().parse((await call('StartExecution', request))['executionArn']);
  };
  const untilEnded = (arn: string) =>
    eventually(async () => ended(await describe(arn)), { everyMs: 5, what: 'the end' });
  return {
    ...{ call, start, ended: untilEnded },
    run: async (name: string, input?: Json, executionName?: string) =>
      untilEnded(await start(name, input, executionName)),
    status: async (arn: string) => (await describe(arn))['status'],
  };
}

/** Creates an interpreter on a database of its own (in memory, or `file` for tests that restart). */
export function createTestTwin({ file = ':memory:', functions = {}, ...rest }: TwinOptions = {}): TestTwin {
  const db = new DatabaseSync(file);
  const calls: TestTwin['calls'] = [];
  const stepFunctions = createStepFunctions({
    db,
    clock: rest.clock ?? fastClock(100),
    invoke: (name, payload) => invoke(functions, name, payload),
    integrations: async (service, action, input) => {
      calls.push({ service, action, input });
      return rest.integrations?.(service, action, input) ?? { MessageId: 'm-1' };
    },
    ...rest.options,
  });
  const roleArn = 'arn:aws:iam::000000000000:role/local';
  const define: TestTwin['define'] = (name, states, more = {}) => {
    const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more };
    stepFunctions.define({ arn: machineArn(name), name, definition, roleArn });
  };
  return { ...clientOf(stepFunctions), stepFunctions, db, functions, calls, define };
}
