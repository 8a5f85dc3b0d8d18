import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder for one test, in memory where there is such a place, and how to remove it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(path.join(base, 'crossdock-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
