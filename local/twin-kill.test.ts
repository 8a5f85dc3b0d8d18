import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { eventually } from '../shared/testing/eventually.ts';
import { synthesizeFixture } from './testing/fixture-assembly.ts';
import { ShopClient } from './testing/shop-client.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { startTwin } from './twin.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function spawnTwin() {
  const script = path.join(import.meta.dirname, 'testing/run-fixture-twin.ts');
  const node = path.join(import.meta.dirname, '../node_modules/.bin/node');
  const child = spawn(node, [script, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { apiUrl, pids } = JSON.parse(line.toString()) as { apiUrl: string; pids: number[] };
  return { child, apiUrl, pids };
}

/** A zombie that nobody reaps counts as gone. */
function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
}

it('leaves no process when it is killed, and goes on at the next start', async () => {
  const { directory: assembly } = await synthesizeFixture();
  const killed = await spawnTwin();
  // Two hosts of functions and the database.
  expect(killed.pids.length).toBeGreaterThanOrEqual(3);
  const shop = new ShopClient(killed.apiUrl);
  await shop.create('1');
  await shop.until('1', 'asked');
  await shop.create('2');
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  await eventually(() => (killed.pids.some(isAlive) ? undefined : true), { what: 'the end of all processes' });

  const twin = await startTwin({ assembly, dataDir: folder.path, log: () => undefined });
  try {
    const again = new ShopClient(twin.apiUrl);
    for (const id of ['1', '2']) {
      const { token = '' } = await again.until(id, 'asked');
      expect(await again.answer(token)).toBe(202);
      await again.until(id, 'settled');
    }
    await twin.idle();
  } finally {
    await twin.stop();
  }
});
