import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoChannels, startDemoChannels } from '../../local/demo-channels/demo-channels.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { type Example, comparable, curlExamples, isRead, statusOf } from './examples.ts';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What is asked of a page. */
export interface PageOptions {
  /** The page, from the root of the repository. */
  readonly file: string;
  readonly atLeast: { readonly examples: number; readonly answers: number };
  /** True when the page leaves out members of what it shows; else it shows all of an answer. Lists are whole in both. */
  readonly shortened?: boolean;
  /** True: it is read beside `npm start -- --demo-channels`, where nobody buys by himself; `MARKETS` is where their desk is. */
  readonly demoChannels?: boolean;
}

interface Tried {
  readonly status: number;
  readonly body: string;
}

/**
 * Runs a command as a reader would in one terminal: who has exported where the API is and the key, and whatever the page's earlier commands
 * exported. `curl` also tells its status, on stderr, so that its answer can be piped.
 */
async function tried({ command }: Example, env: NodeJS.ProcessEnv, exported: string): Promise<Tried> {
  const curl = `curl() { command curl -sS -w '%{stderr}\\n%{http_code}' "$@"; }`;
  const script = `set -eu; . '${exported}'\n${curl}\n${command}\nexport -p > '${exported}'`;
  const { stdout, stderr } = await run('bash', ['-c', script], { cwd: root, env });
  return { status: Number(stderr.slice(-3)), body: stdout };
}

/** The demo's channels, without buyers. */
function openDemo({ url, api, apiKey, twin }: App): Promise<DemoChannels> {
  const amazonQueueUrl = `${twin.awsUrl}/000000000000/crossdock-local-channels-take-amazon-notification`;
  const crossdock = { url, api, amazonQueueUrl, seed: apiKey };
  return startDemoChannels(crossdock, { say: () => undefined, everyMs: Infinity });
}

/** Tests every example of a page, in order, on a Crossdock of its own. */
export function testPage({ file, atLeast, shortened = false, demoChannels = false }: PageOptions): void {
  const examples = curlExamples(readFileSync(path.join(root, file), 'utf8'));
  let app: App;
  let demo: DemoChannels | undefined;
  let env: NodeJS.ProcessEnv;
  const folder = mkdtempSync(path.join(tmpdir(), 'crossdock-page-'));
  const exported = path.join(folder, 'exported');

  const says = (body: string, answer: unknown): void => {
    const got = comparable(JSON.parse(body));
    if (shortened) expect(got).toMatchObject(comparable(answer) as object);
    else expect(got).toEqual(comparable(answer));
  };
  const attempt = async (example: Example): Promise<Tried> => {
    const one = await tried(example, env, exported);
    const { status, body } = one;
    expect(statusOf(example) ?? (status >= 200 && status < 300 ? status : '2xx'), body).toBe(status);
    return one;
  };

  describe(file, () => {
    beforeAll(async () => {
      writeFileSync(exported, '');
      app = await startApp();
      if (demoChannels) demo = await openDemo(app);
      env = { ...process.env, API: app.url, KEY: app.apiKey, ...(demo && { MARKETS: demo.url }) };
    });
    afterAll(async () => {
      const denied = [...app.twin.accessDenied];
      await demo?.stop();
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
      expect(denied, 'every AWS call has its grant').toEqual([]);
    });

    it('has examples, and says what some of them answer', () => {
      expect(examples.length).toBeGreaterThanOrEqual(atLeast.examples);
      expect(examples.filter(({ answer }) => answer !== undefined).length).toBeGreaterThanOrEqual(atLeast.answers);
    });

    it.each(
      examples.map((example) => [`line ${example.line}: ${example.command.split('\n')[0] ?? ''}`, example] as const),
    )('%s', async (_, example) => {
      const { answer, line } = example;
      if (!isRead(example) || answer === undefined) {
        const { body } = await attempt(example);
        if (answer !== undefined) says(body, answer);
        return;
      }
      // What was just done shows a moment later.
      await eventually(
        async () => {
          says((await attempt(example)).body, answer);
          return true;
        },
        { what: `the answer in line ${line}`, deadlineMs: 60_000, everyMs: 250 },
      );
    });
  });
}
