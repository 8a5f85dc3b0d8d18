/** What cannot be counted on this machine and is assumed instead; each on the dear side. */
export const assumptions = {
  /** With so much memory a function has one vCPU, below it a share: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
  memoryOfOneCpuMb: 1769,
  /** How long a warm function waits for a call on AWS, in milliseconds, by operation. */
  callMs: {
    GetItem: 5,
    Query: 6,
    PutItem: 6,
    UpdateItem: 6,
    BatchWriteItem: 10,
    TransactWriteItems: 15,
    PutEvents: 15,
    StartExecution: 20,
    SendTaskSuccess: 15,
    SendTaskFailure: 15,
    SendTaskHeartbeat: 15,
  } as Readonly<Record<string, number>>,
  /** For an operation that is not listed. */
  otherCallMs: 10,
  /** One invocation in so many is a cold start, whose initialization is billed since August 2025. */
  invocationsPerColdStart: 100,
  coldStartMs: 600,
  /** START, END and REPORT lines of one invocation, bytes: none, as system logs below WARN are off (about 500 where they are on). */
  platformLogBytes: 0,
  /** The API's access log line, bytes. */
  accessLogBytes: 330,
  /** X-Ray's default rule traces one request in twenty; every invocation is taken as a trace of its own, though most belong to another's. */
  tracedShare: 0.05,
  /** Headers and TLS of one answer, bytes. */
  responseOverheadBytes: 500,
} as const;
