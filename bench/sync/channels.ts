import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fromSandboxes, type OpenedAccount, type SandboxOptions, type SeenByChannel } from './protocol.ts';

const program = path.join(import.meta.dirname, 'sandboxes.ts');

/** The sandboxes of all channels, in a process of their own. */
export class Channels {
  readonly accounts: readonly OpenedAccount[];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, accounts: readonly OpenedAccount[]) {
    this.#child = child;
    this.accounts = accounts;
  }

  /** Starts them; settles when they serve. */
  static async open(options: SandboxOptions): Promise<Channels> {
    const child = fork(program, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [message] = (await once(child, 'message')) as unknown[];
    const opened = fromSandboxes.parse(message);
    if (opened.kind !== 'opened') throw new Error('the sandboxes did not open');
    return new Channels(child, opened.accounts);
  }

  /** All that every channel has seen since it began, and the CPU time of the process. */
  async seen(): Promise<{ readonly channels: readonly SeenByChannel[]; readonly cpuMs: number }> {
    const answered = once(this.#child, 'message');
    this.#child.send('seen');
    const [message] = (await answered) as unknown[];
    const seen = fromSandboxes.parse(message);
    if (seen.kind !== 'seen') throw new Error('the sandboxes did not say what they saw');
    return seen;
  }

  async close(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.send('stop');
    await gone;
  }
}
