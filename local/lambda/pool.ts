import { randomUUID } from 'node:crypto';
import { AwsError, type InvokeResult, type Json } from '../aws-service.ts';
import { parseJson } from '../template/json.ts';
import { ConcurrencyLimits } from './concurrency.ts';
import { runtimeExited, timedOut } from './errors.ts';
import { type FunctionConfig } from './function-config.ts';
import { HostGroup } from './host-group.ts';
import { type HostAnswer, type HostProcess } from './host-process.ts';
import { InvocationStatistics } from './invocation-statistics.ts';
import { payloadLimitBytes } from './limits.ts';
import { type HostedFunction, type LogEntry } from './protocol.ts';

/** What a pool runs and whom it tells. */
export interface PoolOptions {
  readonly functions: readonly FunctionConfig[];
  readonly environmentOf: (config: FunctionConfig) => Record<string, string>;
  /** Functions whose answer somebody waits for: they run in processes of their own. Empty by default, and all run together. */
  readonly apart?: ReadonlySet<string>;
  /** Child processes of each group; one is best on two cores, since each warms up its own code. */
  readonly processes?: number;
  /** Most heap of each, in MB. */
  readonly heapMb?: number;
  /** What an invocation comes back with while the function is down; nothing while it is up. */
  readonly failureOf?: (functionName: string) => InvokeResult | undefined;
  readonly onLogs?: (entries: readonly LogEntry[]) => void;
  readonly onHostExit?: (status: string) => void;
  /**
   * How long a host may stay silent after a function timed out before it counts as blocked. Default ten seconds: on a machine that is busy
   * a host is slow without being blocked, and to replace it fails everything that runs in it.
   */
  readonly unresponsiveAfterMs?: number;
}

/** A function and the processes that run it. */
interface Deployed {
  readonly config: FunctionConfig;
  readonly group: HostGroup;
}

/** Runs deployed functions in a few child processes, with Lambda's limits and its ways to fail. */
export class FunctionPool {
  readonly statistics = new InvocationStatistics();
  private readonly options: PoolOptions;
  private readonly deployed: ReadonlyMap<string, Deployed>;
  private readonly limits = new ConcurrencyLimits();
  private readonly groups: readonly HostGroup[];

  constructor(options: PoolOptions) {
    this.options = options;
    const { functions, apart = new Set<string>() } = options;
    const answering = functions.filter(({ name }) => apart.has(name));
    const others = functions.filter(({ name }) => !apart.has(name));
    const deployed = [answering, others].filter((part) => part.length > 0).flatMap((part) => this.deploy(part));
    this.deployed = new Map(deployed.map((each) => [each.config.name, each]));
    this.groups = [...new Set(deployed.map(({ group }) => group))];
  }

  /** Settles when every host accepts invocations. */
  async ready(): Promise<void> {
    await Promise.all(this.groups.map((group) => group.ready()));
  }

  /** Process ids of the hosts. */
  get pids(): number[] {
    return this.groups.flatMap((group) => group.pids);
  }

  /** Invocations that run now. */
  get inFlight(): number {
    return this.limits.inFlight;
  }

  /** The function of that name or ARN; throws `ResourceNotFoundException`. */
  config(nameOrArn: string): FunctionConfig {
    return this.find(nameOrArn).config;
  }

  /** Has the hosts end these processes should the twin be killed. */
  watchOver(pids: readonly number[]): void {
    for (const group of this.groups) group.watchOver(pids);
  }

  /** Invokes a function and waits for its answer. */
  async invoke(nameOrArn: string, payload: Json, signal?: AbortSignal): Promise<InvokeResult> {
    return this.invokeText(nameOrArn, JSON.stringify(payload), signal);
  }

  /** As `invoke`, with the payload as JSON text. */
  async invokeText(nameOrArn: string, payload: string, signal?: AbortSignal): Promise<InvokeResult> {
    const deployed = this.find(nameOrArn);
    const { config } = deployed;
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
      return await this.run(deployed, payload, signal);
    } finally {
      this.limits.leave(config);
    }
  }

  /** Ends all hosts. */
  close(): void {
    for (const group of this.groups) group.close();
  }

  private async run({ config, group }: Deployed, payload: string, signal?: AbortSignal): Promise<InvokeResult> {
    signal?.throwIfAborted();
    const requestId = randomUUID();
    const host = group.leastBusy();
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

  private find(nameOrArn: string): Deployed {
    const found = this.deployed.get(nameOrArn) ?? this.deployed.get(nameFromArn(nameOrArn));
    if (!found) throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
    return found;
  }

  private async replaceIfBlocked(host: HostProcess): Promise<void> {
    if (!(await host.isResponsive(this.options.unresponsiveAfterMs ?? 10_000))) host.kill();
  }

  /** Starts the processes of some functions. */
  private deploy(functions: readonly FunctionConfig[]): Deployed[] {
    const { environmentOf, processes = 1, heapMb, onLogs, onHostExit } = this.options;
    const group = new HostGroup({
      functions: functions.map((config) => hostedFunction(config, environmentOf(config))),
      processes,
      ...(heapMb !== undefined && { heapMb }),
      onLogs: (entries) => onLogs?.(entries),
      onExit: (status) => onHostExit?.(status),
    });
    return functions.map((config) => ({ config, group }));
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
