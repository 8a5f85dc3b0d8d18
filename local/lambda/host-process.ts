import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Outbox } from './outbox.ts';
import {
  type FromHost,
  type HostedFunction,
  type InvokeMessage,
  type LogEntry,
  type ResultMessage,
  type ToHost,
} from './protocol.ts';

const hostFile = fileURLToPath(new URL('host.ts', import.meta.url));

/** What a host process reports to its pool. */
export interface HostEvents {
  /** Most heap of the process, in MB. */
  readonly heapMb?: number;
  readonly onLogs: (entries: readonly LogEntry[]) => void;
  /** The process ended without being asked to; `status` as Lambda words it. */
  readonly onExit: (status: string) => void;
}

/** What an invocation in a host process ends with; `exited` where the process ended first. */
export type HostAnswer = ResultMessage | { readonly type: 'exited'; readonly status: string };

/** One child process that runs functions, and the invocations under way in it. */
export class HostProcess {
  private readonly child: ChildProcess;
  private readonly events: HostEvents;
  private readonly outbox = new Outbox<ToHost>((messages) => {
    if (!this.exited && this.child.connected) this.child.send(messages);
  });
  private readonly pending = new Map<number, (answer: HostAnswer) => void>();
  private readonly pings = new Map<number, () => void>();
  private lastId = 0;
  private exited = false;
  /** Settles when the process accepts invocations, or has ended before. */
  readonly ready: Promise<void>;
  private markReady: () => void = () => undefined;

  constructor(functions: readonly HostedFunction[], companions: readonly number[], events: HostEvents) {
    this.events = events;
    this.ready = new Promise((resolve) => (this.markReady = resolve));
    this.child = fork(hostFile, {
      execPath: process.execPath,
      execArgv: ['--disable-warning=ExperimentalWarning', '--enable-source-maps=false', ...heapFlags(events.heapMb)],
      env: { PATH: process.env['PATH'], TZ: 'UTC', LANG: 'en_US.UTF-8' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (messages) => {
      for (const message of messages as FromHost[]) this.receive(message);
    });
    this.child.on('exit', (code, signal) =>
      this.end(signal === null ? `exit status ${code ?? 0}` : `signal: ${signal}`),
    );
    this.child.on('error', (error) => this.end(error.message));
    this.outbox.post({ type: 'functions', functions });
    this.watchOver(companions);
  }

  /** Invocations under way. */
  get load(): number {
    return this.pending.size;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Sends an invocation; the answer always comes, also when the process dies. */
  invoke(message: Omit<InvokeMessage, 'type' | 'id'>): { id: number; answer: Promise<HostAnswer> } {
    const id = ++this.lastId;
    const answer = new Promise<HostAnswer>((resolve) => {
      if (this.exited) {
        resolve({ type: 'exited', status: 'exit status 1' });
        return;
      }
      this.pending.set(id, resolve);
      this.outbox.post({ type: 'invoke', id, ...message });
    });
    return { id, answer };
  }

  /** Forgets an invocation whose caller no longer waits; its code runs on, its answer is dropped. */
  abandon(id: number): void {
    this.pending.delete(id);
  }

  /** Tells the process which others to end when this one is gone. */
  watchOver(pids: readonly number[]): void {
    if (!this.exited) this.outbox.post({ type: 'companions', pids });
  }

  /** Whether the process's event loop turns: `false` after `withinMs` without an answer, when a function blocks it. */
  isResponsive(withinMs: number): Promise<boolean> {
    const id = ++this.lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), withinMs);
      const settle = (responsive: boolean): void => {
        clearTimeout(timer);
        this.pings.delete(id);
        resolve(responsive);
      };
      this.pings.set(id, () => settle(true));
      if (this.exited) settle(true);
      else this.outbox.post({ type: 'ping', id });
    });
  }

  /** Ends the process at once. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  private receive(message: FromHost): void {
    if (message.type === 'ready') this.markReady();
    else if (message.type === 'logs') this.events.onLogs(message.entries);
    else if (message.type === 'pong') this.pings.get(message.id)?.();
    else {
      this.pending.get(message.id)?.(message);
      this.pending.delete(message.id);
    }
  }

  private end(status: string): void {
    if (this.exited) return;
    this.exited = true;
    this.markReady();
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const answer of waiting) answer({ type: 'exited', status });
    this.events.onExit(status);
  }
}

/** The young generation small too: what is short-lived goes early. */
const heapFlags = (heapMb: number | undefined): string[] =>
  heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=4'];
