import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { openServer } from '../servers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();
const node = path.join(import.meta.dirname, '../../node_modules/.bin/node');
const script = path.join(import.meta.dirname, '../testing/run-fixture-cli.ts');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => folder.remove());

function start(...args: string[]) {
  const child = spawn(node, [script, '--data', folder.path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return { child, errors: text(child.stderr) };
}

/** Processes whose command line names the data folder: the database's does. */
const processesOf = (dataDir: string): string =>
  execFileSync('sh', ['-c', `ps -ewwo args | grep -F ${dataDir} | grep -v grep || true`], { encoding: 'utf8' });

it('starts, makes an API key, serves, and stops without a trace', async () => {
  const { child } = start('--port', '0');
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await eventually(() => (output.includes('Ctrl-C stops it') ? true : undefined), { deadlineMs: 30_000 });
  expect(output).toContain('API key    open');
  const apiUrl = /API +(http:\S+)/.exec(output)?.[1] ?? '';
  expect(await (await fetch(`${apiUrl}/hello/you`)).json()).toEqual({ hello: 'you' });
  expect(processesOf(folder.path)).toContain('dynoxide');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(processesOf(folder.path)).toBe('');
});

it('says what to do when the port is taken', async () => {
  const server = await openServer(0);
  const port = new URL(server.url).port;
  const { child, errors } = start('--port', port);
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await errors).toContain(`Port ${port} is taken by another program. Stop it, or choose another port`);
  await server.close();
});
