import { randomUUID } from 'node:crypto';
import { AwsError, type InvokeResult, type Json } from '../aws-service.ts';
import { parseJson } from '../template/json.ts';
import { ConcurrencyLimits } from './concurrency.ts';
import { runtimeExited, timedOut } from './errors.ts';
import { type FunctionConfig } from './function-config.ts';
import { type HostAnswer, HostProcess } from './host-process.ts';
import { InvocationStatistics } from './invocation-statistics.ts';
import { payloadLimitBytes } from './limits.ts';
import { type HostedFunction, type LogEntry } from './protocol.ts';

/** What a pool runs and whom it tells. */
export interface PoolOptions {
  readonly functions: readonly FunctionConfig[];
  readonly environmentOf: (config: FunctionConfig) => Record<string, string>;
  /** Child processes; one is best on two cores, since each warms up its own code. */
  readonly processes?: number;
  /** Most heap of each, in MB. */
  readonly heapMb?: number;
  /** What an invocation comes back with while the function is down; nothing while it is up. */
  readonly failureOf?: (functionName: string) => InvokeResult | undefined;
  readonly onLogs?: (entries: readonly LogEntry[]) => void;
  readonly onHostExit?: (status: string) => void;
  /** How long a host may stay silent after a function timed out before it counts as blocked. */
  readonly unresponsiveAfterMs?: number;
}

/** Runs deployed functions in a few child processes, with Lambda's limits and its ways to fail. */
export class FunctionPool {
  readonly statistics = new InvocationStatistics();
  private readonly options: PoolOptions;
  private readonly configs: ReadonlyMap<string, FunctionConfig>;
  private readonly hosted: readonly HostedFunction[];
  private readonly limits = new ConcurrencyLimits();
  private hosts: HostProcess[];
  private companions: readonly number[] = [];
  private closed = false;

  constructor(options: PoolOptions) {
    this.options = options;
    this.configs = new Map(options.functions.map((config) => [config.name, config]));
    this.hosted = options.functions.map((config) => hostedFunction(config, options.environmentOf(config)));
    this.hosts = Array.from({ length: options.processes ?? 1 }, () => this.startHost());
  }

  /** Settles when every host accepts invocations. */
  async ready(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.ready));
  }

  /** Process ids of the hosts. */
  get pids(): number[] {
    return this.hosts.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Invocations that run now. */
  get inFlight(): number {
    return this.limits.inFlight;
  }

  /** The function of that name or ARN; throws `ResourceNotFoundException`. */
  config(nameOrArn: string): FunctionConfig {
    const config = this.configs.get(nameOrArn) ?? this.configs.get(nameFromArn(nameOrArn));
    if (!config) throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
    return config;
  }

  /** Has the hosts end these processes should the twin be killed. */
  watchOver(pids: readonly number[]): void {
    this.companions = pids;
    for (const host of this.hosts) host.watchOver(pids);
  }

  /** Invokes a function and waits for its answer. */
  async invoke(nameOrArn: string, payload: Json, signal?: AbortSignal): Promise<InvokeResult> {
    return this.invokeText(nameOrArn, JSON.stringify(payload), signal);
  }

  /** As `invoke`, with the payload as JSON text. */
  async invokeText(nameOrArn: string, payload: string, signal?: AbortSignal): Promise<InvokeResult> {
    const config = this.config(nameOrArn);
    if (payload.length > payloadLimitBytes) {
      throw new AwsError(
        'RequestEntityTooLargeException',
        `Request must be smaller than ${payloadLimitBytes} bytes`,
        413,
      );
    }
    const failure = this.options.failureOf?.(config.name);
    if (failure) return failure;
    this.limits.enter(config);
    try {
      return await this.run(config, payload, signal);
    } finally {
      this.limits.leave(config);
    }
  }

  /** Ends all hosts. */
  close(): void {
    this.closed = true;
    for (const host of this.hosts) host.kill();
  }

  private async run(config: FunctionConfig, payload: string, signal?: AbortSignal): Promise<InvokeResult> {
    signal?.throwIfAborted();
    const requestId = randomUUID();
    const host = this.leastBusy();
    const timeoutMs = config.timeoutSeconds * 1000;
    const deadline = Date.now() + timeoutMs;
    const { id, answer } = host.invoke({ functionName: config.name, requestId, payload, deadline });
    const outcome = await first(answer, timeoutMs, signal);
    if (outcome === 'aborted' || outcome === 'late') host.abandon(id);
    if (outcome === 'aborted') throw signal?.reason;
    if (outcome === 'late') {
      void this.replaceIfBlocked(host);
      this.statistics.record(config.name, timeoutMs);
      return timedOut(requestId, config.timeoutSeconds);
    }
    if (outcome.type === 'exited') return runtimeExited(requestId, outcome.status);
    this.statistics.record(config.name, outcome.durationMs, outcome.initMs);
    const result: InvokeResult = { payload: parseJson(outcome.payload) };
    return outcome.failed ? { ...result, functionError: 'Unhandled' } : result;
  }

  private leastBusy(): HostProcess {
    const [host] = this.hosts.length > 1 ? [...this.hosts].sort((a, b) => a.load - b.load) : this.hosts;
    if (!host || this.closed) throw new AwsError('ServiceException', 'The twin is stopping', 503);
    return host;
  }

  private async replaceIfBlocked(host: HostProcess): Promise<void> {
    if (!(await host.isResponsive(this.options.unresponsiveAfterMs ?? 2_000))) host.kill();
  }

  private startHost(): HostProcess {
    const { heapMb } = this.options;
    const host: HostProcess = new HostProcess(this.hosted, this.companions, {
      ...(heapMb !== undefined && { heapMb }),
      onLogs: (entries) => this.options.onLogs?.(entries),
      onExit: (status) => this.replace(host, status),
    });
    return host;
  }

  private replace(host: HostProcess, status: string): void {
    if (this.closed) return;
    this.options.onHostExit?.(status);
    this.hosts = this.hosts.map((other) => (other === host ? this.startHost() : other));
  }
}

function hostedFunction(config: FunctionConfig, environment: Record<string, string>): HostedFunction {
  const { name, arn, file, exportName, memoryMb } = config;
  return { name, arn, file, exportName, memoryMb, environment };
}

function nameFromArn(arn: string): string {
  return arn.split(':')[6] ?? arn;
}

async function first(
  answer: Promise<HostAnswer>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<HostAnswer | 'late' | 'aborted'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle('late'), timeoutMs);
    const abort = (): void => settle('aborted');
    const settle = (outcome: HostAnswer | 'late' | 'aborted'): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(outcome);
    };
    signal?.addEventListener('abort', abort, { once: true });
    void answer.then(settle);
  });
}
