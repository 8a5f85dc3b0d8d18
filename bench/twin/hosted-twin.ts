import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as z from 'zod';
import { type ApiClient, apiClient } from '../../shared/contracts/api-client.ts';
import { answers, type HostOptions, type Question, ready, response } from './protocol.ts';

const host = path.join(import.meta.dirname, 'host.ts');
type AnswerTo<Q extends Question> = z.infer<(typeof answers)[Q]>;

/** A twin in a process of its own. */
export class HostedTwin {
  readonly url: string;
  readonly apiKey: string;
  readonly dynamoDbUrl: string;
  readonly api: ApiClient;
  readonly #child: ChildProcess;
  readonly #log: string;
  #asked = 0;

  constructor(child: ChildProcess, log: string, { url, apiKey, dynamoDbUrl }: z.infer<typeof ready>) {
    this.#child = child;
    this.#log = log;
    this.url = url;
    this.apiKey = apiKey;
    this.dynamoDbUrl = dynamoDbUrl;
    this.api = apiClient(url, apiKey);
  }

  /** Asks the process; throws when the twin throws, or the process is gone. */
  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    const id = (this.#asked += 1);
    const answered = answerTo(this.#child, this.#log, id);
    this.#child.send({ id, question });
    return answers[question].parse(await answered) as AnswerTo<Q>;
  }

  /** Ends it as `kill -9` does; settles when the process is gone. */
  async kill(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  /** Ends it; settles when everything is on disk. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    await this.ask('stop');
    await gone;
  }
}

/** Starts a twin on a data folder; what it prints goes to a file there. */
export async function startHostedTwin(options: HostOptions): Promise<HostedTwin> {
  const log = path.join(options.dataDir, 'host.log');
  const file = openSync(log, 'a');
  const child = fork(host, [JSON.stringify(options)], { stdio: ['ignore', file, file, 'ipc'] });
  closeSync(file);
  return new HostedTwin(child, log, ready.parse(await answerTo(child, log, 0)));
}

/** Where a twin keeps its data: on a disk, or in memory where the machine has such a place. */
export const storages = { disk: tmpdir(), memory: '/dev/shm' } as const;
/** One of the places. */
export type Storage = keyof typeof storages;

/** Runs `use` with a folder that is removed after it. */
export async function withFolder<T>(use: (folder: string) => Promise<T>, storage: Storage = 'disk'): Promise<T> {
  const folder = mkdtempSync(path.join(storages[storage], 'crossdock-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `use` with a fresh twin that is ended after it. */
export async function withTwin<T>(
  options: Omit<HostOptions, 'dataDir'> & { readonly storage?: Storage },
  use: (twin: HostedTwin, dataDir: string) => Promise<T>,
): Promise<T> {
  const { storage, ...rest } = options;
  return withFolder(async (dataDir) => {
    const twin = await startHostedTwin({ ...rest, dataDir });
    try {
      return await use(twin, dataDir);
    } finally {
      await twin.stop();
    }
  }, storage);
}

async function answerTo(child: ChildProcess, log: string, id: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error(`the process of the twin has ended: ${endOf(log)}`));
    const onMessage = (message: unknown): void => {
      const answer = response.parse(message);
      if (answer.id !== id) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      if (answer.error === undefined) resolve(answer.value);
      else reject(new Error(`${answer.error}\n${endOf(log)}`));
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}

/** The last lines of what a twin printed. */
const endOf = (log: string): string => readFileSync(log, 'utf8').slice(-2_000);
