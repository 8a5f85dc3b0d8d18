import * as z from 'zod';

/** How the process that holds the twin is to start it; its only argument, as JSON. */
export const hostOptions = z.object({
  dataDir: z.string(),
  countCalls: z.boolean().default(false),
  /** Any free port by default; the same again after a restart. */
  httpPort: z.int().default(0),
  /**
   * Most heap of the functions, in MB, which then all run in one process whose memory says something. By default they take as much as Node
   * takes, and those that answer HTTP run in a process of their own.
   */
  heapMb: z.int().optional(),
  /** DynamoDB's limits of concurrent writing, which the emulator does not have; see `local/faults/contention.ts`. */
  limits: z.object({ transactionMs: z.number(), partitionUnitsPerSecond: z.number() }).optional(),
});
/** How the process that holds the twin is to start it. */
export type HostOptions = z.input<typeof hostOptions>;

/** What the process says once the twin serves. */
export const ready = z.object({ url: z.string(), apiKey: z.string(), dynamoDbUrl: z.string() });

const callUsage = z.object({
  caller: z.string(),
  service: z.string(),
  operation: z.string(),
  calls: z.number(),
  items: z.number(),
  readUnits: z.number(),
  writeUnits: z.number(),
});
const invocationUsage = z.object({ functionName: z.string(), invocations: z.number(), durationMs: z.number() });

const cpuMs = z.object({
  /** The processes that run functions. */
  functions: z.number(),
  database: z.number(),
  /** The twin itself: gateway, queues, bus, state machines. */
  twin: z.number(),
});

/** What the twin counted since the last reset. */
export const usage = z.object({
  calls: z.array(callUsage),
  invocations: z.array(invocationUsage),
  httpRequests: z.number(),
  /** State transitions by state machine. */
  transitions: z.record(z.string(), z.number()),
  /** Events that the bus handed to queues since the twin's first start. */
  deliveries: z.number(),
  /** CPU time of the twin's processes since their start, which another's load does not change; `null` where it cannot be known. */
  cpuMs: cpuMs.nullable(),
});
/** What the twin counted since the last reset. */
export type Usage = z.infer<typeof usage>;

/** Resident memory of the processes that run functions, in bytes; `null` where it cannot be known. */
export const memory = z.object({ now: z.number(), peak: z.number() }).nullable();

/** Resident memory of the processes that run functions, in bytes; `null` where it cannot be known. */
export type Memory = z.infer<typeof memory>;

/** A deployed function. */
export const deployedFunction = z.object({
  name: z.string(),
  file: z.string(),
  exportName: z.string(),
  memoryMb: z.number(),
  variables: z.record(z.string(), z.string()),
});
/** A deployed function. */
export type DeployedFunction = z.infer<typeof deployedFunction>;

/** The questions that a twin's process answers, each with the form of its answer. */
export const answers = {
  usage,
  resetUsage: z.null(),
  /** Settles when nothing moves any more. */
  idle: z.null(),
  /** Settles when no message waits either, neither for its batch to fill nor to be taken again. */
  drained: z.null(),
  functions: z.array(deployedFunction),
  /** Memory of the hosts of the functions, with the sum of their peaks since the last `resetPeak`. */
  memory,
  resetPeak: z.null(),
  /** Ends the holds whose time is over, as the schedule does each minute. */
  sweep: z.null(),
  /** Takes the bus down: it refuses every event until `busUp`. */
  busDown: z.null(),
  busUp: z.null(),
  stop: z.null(),
} as const;
/** A question. */
export type Question = keyof typeof answers;

/** A question on its way. */
export const request = z.object({
  id: z.int(),
  question: z.enum([
    'usage',
    'resetUsage',
    'idle',
    'drained',
    'functions',
    'memory',
    'resetPeak',
    'sweep',
    'busDown',
    'busUp',
    'stop',
  ]),
});
/** An answer on its way; `id` 0 says that the twin serves. */
export const response = z.object({ id: z.int(), value: z.unknown().optional(), error: z.string().optional() });
