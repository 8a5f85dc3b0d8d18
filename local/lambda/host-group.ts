import { AwsError } from '../aws-service.ts';
import { HostProcess } from './host-process.ts';
import { type HostedFunction, type LogEntry } from './protocol.ts';

/** What the processes of a group run, and whom they tell. */
export interface HostGroupOptions {
  readonly functions: readonly HostedFunction[];
  /** Child processes. */
  readonly processes: number;
  /** Most heap of each, in MB. */
  readonly heapMb?: number;
  readonly onLogs: (entries: readonly LogEntry[]) => void;
  /** A process ended and is replaced; `status` as Lambda words it. */
  readonly onExit: (status: string) => void;
}

/** Some child processes that run the same functions; one that ends is replaced. */
export class HostGroup {
  readonly #options: HostGroupOptions;
  #hosts: HostProcess[];
  #companions: readonly number[] = [];
  #closed = false;

  constructor(options: HostGroupOptions) {
    this.#options = options;
    this.#hosts = Array.from({ length: options.processes }, () => this.#start());
  }

  /** Settles when every process accepts invocations. */
  async ready(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.ready));
  }

  /** Ids of the processes. */
  get pids(): number[] {
    return this.#hosts.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Has the processes end these others should the twin be killed. */
  watchOver(pids: readonly number[]): void {
    this.#companions = pids;
    for (const host of this.#hosts) host.watchOver(pids);
  }

  /** The process with the fewest invocations under way. @throws AwsError once the group is closed */
  leastBusy(): HostProcess {
    const [host] = this.#hosts.length > 1 ? [...this.#hosts].sort((a, b) => a.load - b.load) : this.#hosts;
    if (!host || this.#closed) throw new AwsError('ServiceException', 'The twin is stopping', 503);
    return host;
  }

  /** Ends all processes. */
  close(): void {
    this.#closed = true;
    for (const host of this.#hosts) host.kill();
  }

  #start(): HostProcess {
    const { functions, heapMb, onLogs } = this.#options;
    const host: HostProcess = new HostProcess(functions, this.#companions, {
      ...(heapMb !== undefined && { heapMb }),
      onLogs,
      onExit: (status) => this.#replace(host, status),
    });
    return host;
  }

  #replace(host: HostProcess, status: string): void {
    if (this.#closed) return;
    this.#options.onExit(status);
    this.#hosts = this.#hosts.map((other) => (other === host ? this.#start() : other));
  }
}
