import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type Json } from '../../aws-service.ts';
import { createStepFunctions } from '../step-functions.ts';
import { fastClock } from './fast-clock.ts';
import { killDefinition } from './kill-definition.ts';
import { machineArn } from './twin.ts';

/**
 * A process to be killed: resumes the executions of `file`, starts what is missing of `count`, answers each token it
 * is sent, and says `all ended`.
 * Every step and every answered callback is a line in `log`.
 */
const [file = '', log = '', count = '0'] = process.argv.slice(2);
const note = (line: string): void => appendFileSync(log, `${line}\n`);
const message = z.object({ token: z.string(), name: z.string() });

const db = new DatabaseSync(file);
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');

async function answer(body: Json | undefined): Promise<void> {
  const { token, name } = message.parse(JSON.parse(z.string().parse(body)));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
  const reply = { taskToken: token, output: JSON.stringify({ approved: name }) };
  await stepFunctions.service.call('SendTaskSuccess', reply, 'kill-child').then(
    () => note(`replied ${name}`),
    (error: unknown) => note(`refused ${name} ${String(error)}`),
  );
}

const stepFunctions = createStepFunctions({
  db,
  clock: fastClock(20),
  invoke: async (_, payload) => {
    note(`step ${JSON.stringify(payload)}`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    return { payload };
  },
  integrations: async (_service, _action, input) => {
    note(`sent ${z.string().parse(input['MessageBody'])}`);
    void answer(input['MessageBody']);
    return Promise.resolve({});
  },
});
stepFunctions.define({ arn: machineArn('kill'), name: 'kill', definition: killDefinition, roleArn: 'role' });
await stepFunctions.recover();
process.stdout.write('recovered\n');

// As a queue would, deliver again what nobody has answered. An answered one is not: losing its reply would leave the
// execution waiting.
const before = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
const replied = new Set(before.filter((line) => line.startsWith('replied ')).map((line) => line.slice(8)));
for (const line of before.filter((entry) => entry.startsWith('sent '))) {
  const body = line.slice(5);
  if (!replied.has(message.parse(JSON.parse(body)).name)) void answer(body);
}

for (let number = 0; number < Number(count); number++) {
  await stepFunctions.start(machineArn('kill'), { number }, `e${number}`).catch(() => undefined);
}
const running = db.prepare(`SELECT COUNT(*) AS n FROM sfn_execution WHERE status = 'RUNNING'`);
const poll = setInterval(() => {
  if (running.get()?.['n'] !== 0) return;
  clearInterval(poll);
  process.stdout.write('all ended\n');
  process.exit(0);
}, 20);
