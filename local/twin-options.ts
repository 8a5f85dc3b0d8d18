import { type FaultOptions } from './faults/faulty-dynamodb.ts';
import { type StackTemplate } from './template/cloudformation.ts';

/** How to run a twin. */
export interface TwinOptions {
  /** A synthesized cloud assembly (`cdk.out`), or its templates. */
  readonly assembly: string | readonly StackTemplate[];
  /** Everything durable and the logs; one twin at a time. */
  readonly dataDir: string;
  /** Port of the HTTP API; any free one by default. */
  readonly httpPort?: number;
  /** First port to try for the AWS endpoint; the one after the API's by default. */
  readonly awsPort?: number;
  /** Sends DynamoDB calls through the twin's endpoint, to check them against IAM policies as all others are. */
  readonly enforceIam?: boolean;
  /** Sends DynamoDB calls through the twin's endpoint, to count them and their capacity. */
  readonly countCalls?: boolean;
  /** Values of template parameters, instead of their defaults. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Runs the functions behind the HTTP API in a process of their own, apart from those behind queues, streams, schedules and state
   * machines: as on AWS, work behind a queue then slows no answer. Default false, as tests have it: one warmed-up process is less work for
   * the machine (the second takes 0.13 s of CPU and 80 MB to start, and warms up what both use for itself).
   */
  readonly answersApart?: boolean;
  /** Child processes that run functions, of each kind with `answersApart`. Default 1. */
  readonly lambdaProcesses?: number;
  /** Most heap of such a process, in MB; as much as Node takes by default. A figure for memory needs it: Node collects late where it need not. */
  readonly lambdaHeapMb?: number;
  /** A DynamoDB that already runs, instead of an own dynoxide. */
  readonly dynamoDbEndpoint?: string;
  /** Puts a proxy between functions and DynamoDB that refuses, delays and loses what the real one may. */
  readonly faults?: FaultOptions;
  /** Told of errors of functions and of what the twin had to do. Default: stderr. */
  readonly log?: (line: string) => void;
  /** Told how long each phase of the start took, in milliseconds. */
  readonly onPhase?: (phase: string, durationMs: number) => void;
}
