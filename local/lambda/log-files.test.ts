import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { errorPayload, invocationErrorPrefix } from './errors.ts';
import { LogFiles } from './log-files.ts';

let folder: ReturnType<typeof temporaryFolder>;
let shown: string[];
let logs: LogFiles;

beforeEach(() => {
  folder = temporaryFolder();
  shown = [];
  logs = new LogFiles(folder.path, (line) => shown.push(line));
});
afterEach(() => folder.remove());

const write = (stream: 'stdout' | 'stderr', text: string) =>
  logs.write([{ functionName: 'route-order', requestId: 'r1', stream, text }]);

async function fileText(): Promise<string> {
  await logs.close();
  return readFileSync(path.join(folder.path, 'route-order.log'), 'utf8');
}

const failed = (name: string, message: string) =>
  write(
    'stderr',
    `${invocationErrorPrefix}${JSON.stringify(errorPayload(Object.assign(new Error(message), { name })))}\n`,
  );

it('shows one line of a failed invocation and keeps its trace in the file', async () => {
  failed('TypeError', 'no location\n  has it');
  failed('provider-unavailable', 'the gateway is down');
  expect(shown).toEqual([
    'route-order: TypeError: no location has it',
    'route-order: provider-unavailable: the gateway is down',
  ]);
  expect(await fileText()).toContain('log-files.test.ts');
});

it('keeps what a process expects to be refused to the file', async () => {
  failed('payment-not-secured', 'the order waits for its payment');
  expect(shown).toEqual([]);
  expect(await fileText()).toContain('the order waits for its payment');
});

it('shows errors and keeps the rest to the file', async () => {
  write('stdout', '{"level":"INFO","message":"fine"}\n');
  write('stderr', '{"level":"WARN","message":"hm"}\n');
  write('stderr', '{"level":"ERROR","message":"broken"}\n');
  write('stderr', 'plain\n');
  write('stderr', `${invocationErrorPrefix}cut off`);
  expect(shown).toEqual([
    'route-order: {"level":"ERROR","message":"broken"}',
    'route-order: plain',
    `route-order: ${invocationErrorPrefix}cut off`,
  ]);
  expect((await fileText()).trimEnd().split('\n')).toHaveLength(5);
});
