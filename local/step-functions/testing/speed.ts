import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type JsonObject } from '../../aws-service.ts';
import { createStepFunctions } from '../step-functions.ts';
import { lambdaInvoke, machineArn } from './twin.ts';

/** Measures the interpreter: `node local/step-functions/testing/speed.ts`. The figures in README.md come from here. */
const folder = mkdtempSync(path.join(tmpdir(), 'sfn-speed-'));
const file = path.join(folder, 'twin.db');

const Payload = { n: '{% $states.input.n + 1 %}', id: '{% $states.context.Execution.Name %}' };
const two: JsonObject = {
  A: {
    Type: 'Task',
    Resource: lambdaInvoke,
    Arguments: { FunctionName: 'echo', Payload },
    Assign: { seen: '{% $states.result.Payload.n %}' },
    Output: '{% $states.result.Payload %}',
    Next: 'B',
  },
  B: { Type: 'Pass', Output: { v: '{% $seen * 10 %}', prev: '{% $states.input %}' }, End: true },
};
const ask: JsonObject = {
  A: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Arguments: { QueueUrl: 'q', MessageBody: '{% $states.context.Task.Token %}' },
    TimeoutSeconds: 86_400,
    HeartbeatSeconds: 3600,
    End: true,
  },
};

function open(history: boolean) {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  const stepFunctions = createStepFunctions({
    db,
    history,
    invoke: (_, payload) => Promise.resolve({ payload }),
    integrations: () => Promise.resolve({}),
  });
  for (const [name, States] of Object.entries({ two, ask })) {
    const definition = { States, QueryLanguage: 'JSONata', StartAt: 'A' };
    stepFunctions.define({ arn: machineArn(name), name, roleArn: 'role', definition });
  }
  return { db, stepFunctions };
}

const untilIdle = async (idle: () => boolean): Promise<void> => {
  while (!idle()) await new Promise(setImmediate);
};

async function measure(history: boolean, total: number): Promise<void> {
  const { db, stepFunctions } = open(history);
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started++ < total) await stepFunctions.start(machineArn('two'), { n: started });
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  await untilIdle(() => stepFunctions.idle());
  const [ms, used] = [performance.now() - begin, process.cpuUsage(cpu)];
  const cpuMs = (used.user + used.system) / 1000 / total;
  console.log(
    `history ${history}: ${Math.round((total / ms) * 1000)} two-state executions/s, ${cpuMs.toFixed(2)} ms CPU each`,
  );
  await stepFunctions.close();
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  console.log(`file ${(statSync(file).size / 1e6).toFixed(1)} MB`);
}

async function measureWaiting(total: number): Promise<void> {
  const heap = (): number => (globalThis.gc?.(), process.memoryUsage().heapUsed);
  let twin = open(true);
  const empty = heap();
  await Promise.all(Array.from({ length: total }, (_, n) => twin.stepFunctions.start(machineArn('ask'), { n })));
  await untilIdle(() => twin.stepFunctions.idle());
  console.log(`${total} waiting for a token: ${((heap() - empty) / 1024 / total).toFixed(1)} KiB heap each`);
  await twin.stepFunctions.close();
  twin.db.close();
  const begin = performance.now();
  twin = open(true);
  await twin.stepFunctions.recover();
  await untilIdle(() => twin.stepFunctions.idle());
  console.log(`recovered in ${Math.round(performance.now() - begin)} ms`);
  await twin.stepFunctions.close();
}

for (const history of [true, false, true, false]) await measure(history, 4000);
await measureWaiting(10_000);
rmSync(folder, { recursive: true });
