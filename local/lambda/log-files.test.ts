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

it('shows one line of a failed invocation and keeps its trace in the file', async () => {
  const refused = Object.assign(new Error('no location\n  has it'), { name: 'no-plan' });
  write('stderr', `${invocationErrorPrefix}${JSON.stringify(errorPayload(refused))}\n`);
  expect(shown).toEqual(['route-order: no-plan: no location has it']);
  expect(await fileText()).toContain('log-files.test.ts');
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
