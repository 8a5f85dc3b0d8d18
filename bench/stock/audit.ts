import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { sum } from '../statistics.ts';

/** One run of the auditor. */
export interface AuditRun {
  readonly exitCode: number | null;
  readonly holds: boolean;
  readonly findings: number;
  readonly positions: number;
  /** Everything that was looked at. */
  readonly items: number;
  readonly milliseconds: number;
  /** Most that its process had resident; NaN where there is no /proc. */
  readonly peakBytes: number;
}

const report = z.object({
  holds: z.boolean(),
  complete: z.boolean(),
  counts: z.record(z.string(), z.number()),
  findings: z.array(z.unknown()),
});
const manifest = z.object({ scripts: z.object({ audit: z.string() }) });
const root = path.resolve(import.meta.dirname, '../..');

/** What `npm run audit` has Node run, with its limits of memory. */
function auditCommand(): string[] {
  const { scripts } = manifest.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
  return scripts.audit.split(' ').slice(1);
}

/** Runs what `npm run audit -- --json --endpoint …` runs. */
export async function audit(endpoint: string): Promise<AuditRun> {
  const began = performance.now();
  const child = spawn(process.execPath, [...auditCommand(), '--json', '--endpoint', endpoint], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  let peakBytes = NaN;
  // The peak never falls, so the last look before the end has it.
  const looking = setInterval(() => (peakBytes = peakOf(child.pid) ?? peakBytes), 100);
  await once(child, 'close');
  clearInterval(looking);
  const { holds, complete, counts, findings } = report.parse(JSON.parse(text));
  if (!complete) throw new Error('the audit did not look at everything');
  return {
    exitCode: child.exitCode,
    holds,
    findings: findings.length,
    positions: counts['position'] ?? 0,
    items: sum(Object.values(counts)),
    milliseconds: performance.now() - began,
    peakBytes,
  };
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'));
    return found ? Number(found[1]) * 1024 : undefined;
  } catch {
    return undefined;
  }
}
