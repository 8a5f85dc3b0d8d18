import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const TERMINATION_MS = 5_000;
const POLL_MS = 20;

/** Ends the dynoxide that an earlier, killed run left on the same database; never a process that is not one. */
export async function endOrphan(pidFile: string, databaseFile: string): Promise<number | undefined> {
  const pid = pidIn(pidFile);
  rmSync(pidFile, { force: true });
  if (pid === undefined || !isOurDynoxide(pid, databaseFile)) return undefined;
  await endProcess(pid);
  return pid;
}

/** Asks a process to end, kills it after five seconds, and waits until it is gone. */
export async function endProcess(pid: number): Promise<void> {
  const deadline = Date.now() + TERMINATION_MS;
  signal(pid, 'SIGTERM');
  while (isAlive(pid)) {
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Whether a pid is a dynoxide that serves `databaseFile`: pids are used again, and the pid file may be old. */
export function isOurDynoxide(pid: number, databaseFile: string): boolean {
  const command = commandLine(pid);
  return command.includes('dynoxide') && command.includes(databaseFile);
}

function pidIn(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').trim());
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The command line of a process; empty when there is none. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** A zombie counts as gone: only its parent can clear it away. */
function isAlive(pid: number): boolean {
  if (!signal(pid, 0)) return false;
  if (process.platform !== 'linux') return true;
  return commandLine(pid) !== '';
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
