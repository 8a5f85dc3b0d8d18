import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { endProcess } from './orphan.ts';

const READY_MS = 10_000;
const POLL_MS = 10;
/** A dynoxide that dies this often within a minute is not started again. */
const MAX_DEATHS = 5;
const DEATHS_COUNT_MS = 60_000;

/** Where one dynoxide works. */
export interface DynoxideSettings {
  readonly binary: string;
  readonly databaseFile: string;
  readonly pidFile: string;
  readonly logFile: string;
  readonly port: number;
}

/** One dynoxide, kept running until it is stopped. */
export class DynoxideProcess {
  readonly endpoint: string;
  readonly databaseFile: string;
  readonly #settings: DynoxideSettings;
  readonly #killOnExit = (): void => void this.#child?.kill('SIGKILL');
  #child: ChildProcess | undefined;
  #deaths: number[] = [];
  #supervised = false;

  constructor(settings: DynoxideSettings) {
    this.#settings = settings;
    this.endpoint = `http://127.0.0.1:${settings.port}`;
    this.databaseFile = settings.databaseFile;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the process and waits until it answers; throws with the end of its log if it does not. */
  async start(): Promise<void> {
    process.once('exit', this.#killOnExit);
    const child = this.#spawn();
    const deadline = Date.now() + READY_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        await this.stop();
        throw new Error(`dynoxide did not start on ${this.endpoint}: ${this.#endOfLog()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    this.#supervised = true;
  }

  async stop(): Promise<void> {
    this.#supervised = false;
    process.off('exit', this.#killOnExit);
    const child = this.#child;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) await endProcess(child.pid);
    rmSync(this.#settings.pidFile, { force: true });
  }

  #spawn(): ChildProcess {
    const { binary, port, databaseFile, logFile, pidFile } = this.#settings;
    const log = openSync(logFile, 'a');
    const child = spawn(binary, ['serve', '--port', String(port), '--db-path', databaseFile], {
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    if (child.pid !== undefined) writeFileSync(pidFile, String(child.pid));
    child.once('error', (error) => console.error(`dynoxide could not be run: ${error.message}`));
    child.once('exit', () => {
      if (this.#supervised) this.#startAgain(Date.now());
    });
    return child;
  }

  #startAgain(now: number): void {
    this.#deaths = [...this.#deaths.filter((at) => now - at < DEATHS_COUNT_MS), now];
    if (this.#deaths.length >= MAX_DEATHS) {
      console.error(`dynoxide died ${MAX_DEATHS} times and stays down: ${this.#endOfLog()}`);
      return;
    }
    console.warn('dynoxide died and is started again');
    this.#spawn();
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(this.endpoint)).ok;
    } catch {
      return false;
    }
  }

  #endOfLog(): string {
    try {
      return readFileSync(this.#settings.logFile, 'utf8').slice(-500).trim();
    } catch {
      return 'no log';
    }
  }
}
