/** What the host needs to load and run a function. */
export interface HostedFunction {
  readonly name: string;
  readonly arn: string;
  readonly file: string;
  readonly exportName: string;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** One invocation on its way to the host. `payload` is JSON text; `deadline` is epoch milliseconds. */
export interface InvokeMessage {
  readonly type: 'invoke';
  readonly id: number;
  readonly functionName: string;
  readonly requestId: string;
  readonly payload: string;
  readonly deadline: number;
}

/** Messages from the pool to a host process. */
export type ToHost =
  | InvokeMessage
  | { readonly type: 'functions'; readonly functions: readonly HostedFunction[] }
  | { readonly type: 'ping'; readonly id: number }
  /** Processes to end when the pool's process has gone. */
  | { readonly type: 'companions'; readonly pids: readonly number[] };

/** How an invocation ended. `payload` is JSON text. */
export interface ResultMessage {
  readonly type: 'result';
  readonly id: number;
  readonly payload: string;
  readonly failed: boolean;
  readonly durationMs: number;
  /** Time that loading the function took, on the first invocation in this process. */
  readonly initMs?: number;
}

/** A piece of a function's output. */
export interface LogEntry {
  readonly functionName: string;
  readonly requestId: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Messages from a host process to the pool. */
export type FromHost =
  | ResultMessage
  | { readonly type: 'ready' }
  | { readonly type: 'pong'; readonly id: number }
  | { readonly type: 'logs'; readonly entries: readonly LogEntry[] };
