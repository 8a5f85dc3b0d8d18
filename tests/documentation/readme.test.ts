import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { type Example, curlExamples, timeless } from './examples.ts';

const root = path.resolve(import.meta.dirname, '../..');
const examples = curlExamples(readFileSync(path.join(root, 'README.md'), 'utf8'));
const run = promisify(execFile);
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

/** Runs a command as a reader would, who has exported where the API is and the key; `curl` also tells the status. */
async function tried({ command }: Example): Promise<{ readonly status: number; readonly body: string }> {
  const script = `curl() { command curl -sS -w '\\n%{http_code}' "$@"; }\n${command}`;
  const env = { ...process.env, API: app.url, KEY: app.apiKey };
  const { stdout } = await run('bash', ['-euc', script], { cwd: root, env });
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}

const isRead = ({ command }: Example): boolean => !/\s(-X|--request|-d|--data)\b/.test(command);

describe('the README', () => {
  it('has examples, and says what some of them answer', () => {
    expect(examples.length).toBeGreaterThanOrEqual(5);
    expect(examples.filter(({ answer }) => answer !== undefined).length).toBeGreaterThanOrEqual(2);
  });

  it.each(
    examples.map((example) => [`line ${example.line}: ${example.command.split('\n')[0] ?? ''}`, example] as const),
  )('%s', async (_, example) => {
    const first = await tried(example);
    expect(first.status, first.body).toBeGreaterThanOrEqual(200);
    expect(first.status, first.body).toBeLessThan(300);
    if (example.answer === undefined) return;
    if (!isRead(example)) {
      expect(timeless(JSON.parse(first.body))).toEqual(timeless(example.answer));
      return;
    }
    // What was just done shows a moment later.
    await eventually(
      async () => {
        expect(timeless(JSON.parse((await tried(example)).body))).toEqual(timeless(example.answer));
        return true;
      },
      { what: `the answer in line ${example.line}`, deadlineMs: 20_000, everyMs: 250 },
    );
  });
});
