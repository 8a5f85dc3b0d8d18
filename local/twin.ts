import { type InvokeFunction } from './aws-service.ts';
import { type EventSources } from './event-sources/event-sources.ts';
import { type FaultyDynamoDb } from './faults/faulty-dynamodb.ts';
import { type Outages } from './faults/outages.ts';
import { type AccessDenial } from './iam/access-guard.ts';
import { type CallUsage } from './iam/usage.ts';
import { type FunctionConfig } from './lambda/function-config.ts';
import { type ColdStart, type InvocationUsage } from './lambda/invocation-statistics.ts';
import { type TwinOptions } from './twin-options.ts';
import { buildCompute, type Compute } from './wiring/compute.ts';
import { type Foundation, layFoundation } from './wiring/foundation.ts';
import { type Front, openEndpoint, openHttpApi } from './wiring/front.ts';
import { untilIdle } from './wiring/idle.ts';
import { buildMessaging, type Messaging } from './wiring/messaging.ts';
import { Phases } from './wiring/phases.ts';
import { Shutdown } from './wiring/shutdown.ts';
import { startSchedules } from './wiring/schedules.ts';
import { startSources } from './wiring/sources.ts';
import { buildTables } from './wiring/tables.ts';

export { type TwinOptions } from './twin-options.ts';

/** What the app used since the start or the last reset; `calls` only with `countCalls`. */
export interface TwinUsage {
  readonly calls: readonly CallUsage[];
  readonly invocations: readonly InvocationUsage[];
  /** Requests to the HTTP API. */
  readonly httpRequests: number;
  /** Billed state transitions by state machine. */
  readonly transitions: Readonly<Record<string, number>>;
}

/** A running twin of the deployed app. */
export interface Twin {
  /** Base URL of the HTTP API. */
  readonly apiUrl: string;
  /** Endpoint of all AWS services, for SDK clients. */
  readonly awsUrl: string;
  readonly dynamoDbUrl: string;
  readonly functions: readonly FunctionConfig[];
  /** Processes that belong to the twin: function hosts and the database. */
  readonly pids: readonly number[];
  /** Outputs of all stacks as `<stack>.<output>`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Calls that roles do not allow; they were refused. */
  readonly accessDenied: readonly AccessDenial[];
  /** The proxy of option `faults`. */
  readonly faults?: FaultyDynamoDb;
  /** Takes parts down and up again; tables with `enforceIam` or `countCalls` only. */
  readonly outages: Outages;
  /** Invokes a function by name or ARN; throws AwsError for a throttle or an unknown one. */
  readonly invoke: InvokeFunction;
  usage(): TwinUsage;
  resetUsage(): void;
  /** Billed state transitions by state machine since the start. */
  transitions(): Record<string, number>;
  coldStarts(): readonly ColdStart[];
  /** Settles when all queues, deliveries, streams and running executions that do not wait are drained; throws after `timeoutMs` (60 s). */
  idle(timeoutMs?: number): Promise<void>;
  /** Ends everything; what was under way goes on at the next start. */
  stop(): Promise<void>;
}

interface Parts {
  readonly foundation: Foundation;
  readonly compute: Compute;
  readonly messaging: Messaging;
  readonly sources: EventSources;
  readonly front: Front;
}

/** Runs a synthesized app on this machine, wired from its templates alone. Takes up what an earlier run on the data folder left. */
export async function startTwin(options: TwinOptions): Promise<Twin> {
  const shutdown = new Shutdown();
  try {
    return twinOf(await build(options, shutdown), shutdown);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function build(options: TwinOptions, shutdown: Shutdown): Promise<Parts> {
  const phases = new Phases(options.onPhase);
  const foundation = await layFoundation(options, shutdown);
  phases.end('ports, template, DynamoDB');
  const compute = buildCompute(foundation, options, shutdown);
  const messaging = buildMessaging(foundation, compute, shutdown);
  phases.end('services');
  await Promise.all([buildTables(foundation, shutdown), compute.pool.ready()]);
  phases.end('tables, function host');
  const scheduler = startSchedules(foundation, messaging, shutdown);
  const front = openEndpoint(foundation, { compute, messaging, scheduler }, options);
  const sources = await startSources(foundation, compute, shutdown);
  await messaging.stepFunctions.recover();
  compute.events.start();
  openHttpApi(foundation, compute, front);
  phases.end('event sources, recovery');
  return { foundation, compute, messaging, sources, front };
}

function twinOf({ foundation, compute, messaging, sources, front }: Parts, shutdown: Shutdown): Twin {
  const { pool, functions } = compute;
  const transitions = (): Record<string, number> => messaging.stepFunctions.transitions();
  return {
    apiUrl: foundation.api.url,
    awsUrl: foundation.aws.url,
    dynamoDbUrl: foundation.dynamoDb.endpoint,
    functions,
    pids: [...pool.pids, ...(foundation.dynamoDb.pid === undefined ? [] : [foundation.dynamoDb.pid])],
    outputs: foundation.app.outputs,
    accessDenied: front.guard.denied,
    ...(foundation.faults && { faults: foundation.faults }),
    outages: foundation.outages,
    invoke: (name, payload, signal) => pool.invoke(name, payload, signal),
    ...accounting(compute, front, transitions),
    transitions,
    coldStarts: () => pool.statistics.coldStarts(),
    idle: (timeoutMs = 60_000) => untilIdle({ compute, messaging, sources }, timeoutMs),
    stop: () => shutdown.run(),
  };
}

function accounting(
  { pool }: Compute,
  { counter, requests }: Front,
  transitions: () => Record<string, number>,
): Pick<Twin, 'usage' | 'resetUsage'> {
  let before: Record<string, number> = {};
  return {
    usage: () => ({
      calls: counter.usage(),
      invocations: pool.statistics.usage(),
      httpRequests: requests.count,
      transitions: difference(transitions(), before),
    }),
    resetUsage: () => {
      before = transitions();
      counter.reset();
      pool.statistics.reset();
      requests.count = 0;
    },
  };
}

function difference(now: Record<string, number>, before: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(now).map(([name, count]) => [name, count - (before[name] ?? 0)]));
}
