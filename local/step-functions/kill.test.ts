import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import * as z from 'zod';

const kills = 10;
const count = 40;
const child = path.join(import.meta.dirname, 'testing/kill-child.ts');
const ended = z.array(z.object({ name: z.string(), status: z.string(), output: z.string().nullable() }));

/** Runs the child to its end, or kills it `killAfterMs` after it has recovered; answers what it said. */
async function run(args: string[], killAfterMs?: number): Promise<string> {
  const process_ = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (killAfterMs !== undefined) {
    process_.stdout.once('readable', () => setTimeout(() => process_.kill('SIGKILL'), killAfterMs));
  }
  return text(process_.stdout);
}

it(`ends ${count} executions across ${kills} SIGKILLs, and loses no callback`, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sfn-kill-'));
  const [file, log] = [path.join(folder, 'twin.db'), path.join(folder, 'log')];
  const args = [file, log, String(count)];
  for (let kill = 0; kill < kills; kill++) await run(args, Math.random() * 120);
  expect(await run(args)).toContain('all ended');

  const rows = ended.parse(new DatabaseSync(file).prepare('SELECT name, status, output FROM sfn_execution').all());
  expect(rows).toHaveLength(count);
  for (const { name, status, output } of rows) {
    expect([status, JSON.parse(output ?? 'null')]).toEqual(['SUCCEEDED', { steps: [1, 2, 3], approved: name }]);
  }
  const lines = readFileSync(log, 'utf8').split('\n');
  expect(new Set(lines.filter((line) => line.startsWith('step '))).size).toBe(3 * count);
  console.log(`${lines.filter((line) => line.startsWith('step ')).length - 3 * count} steps ran again`);
  rmSync(folder, { recursive: true });
});
