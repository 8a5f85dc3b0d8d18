import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A lock that this process holds. */
export interface FileLock {
  release(): void;
}

/**
 * Takes the lock `<file>` for this process, or tells who has it. SQLite's file lock carries it, which the operating system drops
 * with its process, however that ends: there are no stale locks.
 */
export function tryLock(file: string): FileLock | { readonly heldBy: string } {
  mkdirSync(path.dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  const holderFile = `${file}.pid`;
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!isLocked(error)) throw error;
    return { heldBy: readHolder(holderFile) };
  }
  writeFileSync(holderFile, String(process.pid));
  return {
    release: () => {
      rmSync(holderFile, { force: true });
      db.close();
    },
  };
}

/** Takes the lock as soon as its holder gives it up. */
export async function waitForLock(file: string, everyMs = 50): Promise<FileLock> {
  for (;;) {
    const lock = tryLock(file);
    if ('release' in lock) return lock;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /locked|busy/i.test(error.message);
}

function readHolder(file: string): string {
  try {
    return `process ${readFileSync(file, 'utf8')}`;
  } catch {
    return 'another process';
  }
}
