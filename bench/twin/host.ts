import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { synthesize } from '../../local/assembly/synth.ts';
import { ensureApiKey } from '../../local/cli/api-key.ts';
import { startTwin, type Twin } from '../../local/twin.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { sum } from '../statistics.ts';
import { hostOptions, type Memory, type Question, request, type Usage } from './protocol.ts';

/**
 * A process of its own for the twin, so that whoever measures neither shares its event loop nor dies with it (`kill -9` in the middle of
 * a sale). Asked and answered over IPC; see `protocol.ts`.
 */
const { dataDir, countCalls, httpPort, heapMb, limits } = hostOptions.parse(JSON.parse(process.argv[2] ?? '{}'));
const root = path.resolve(import.meta.dirname, '../..');
/** After this long something is stuck. */
const idleMs = 150_000;

const { directory } = await synthesize({
  root,
  stage: 'local',
  loadApp: async () => (await import('../../infra/app.ts')).buildApp,
});
const twin = await startTwin({
  assembly: directory,
  dataDir,
  countCalls,
  httpPort,
  ...(heapMb === undefined ? { answersApart: true } : { lambdaHeapMb: heapMb }),
  ...(limits && { faults: { limits } }),
});
const apiKey = await ensureApiKey(twin, dataDir);
if (apiKey === undefined) throw new Error('the app has no function that makes an API key');

let endOutage: (() => void) | undefined;
const answer: Readonly<Record<Question, (running: Twin) => unknown>> = {
  usage: (running) => ({ ...running.usage(), deliveries: deliveries(), cpuMs: cpuMs(running.pids) }),
  resetUsage: (running) => running.resetUsage(),
  idle: (running) => running.idle(idleMs),
  drained: untilDrained,
  functions: (running) =>
    running.functions.map(({ name, file, exportName, memoryMb, variables }) => ({
      name,
      file,
      exportName,
      memoryMb,
      variables,
    })),
  memory: (running) => memoryOf(running.pids),
  resetPeak: (running) => hostsOf(running.pids).forEach(forgetPeak),
  sweep: async (running) => {
    const { functionError } = await running.invoke('crossdock-local-holds-expire-holds', {});
    if (functionError !== undefined) throw new Error('the sweep of holds failed');
  },
  busDown: (running) => {
    endOutage ??= running.outages.begin('service:AWSEvents');
  },
  busUp: () => {
    endOutage?.();
    endOutage = undefined;
  },
  stop: (running) => running.stop(),
};

/** Each delivery of the bus is a row with an id that never comes again, so the last id is their count. */
const deliveries = (): number => numberIn("SELECT seq AS n FROM sqlite_sequence WHERE name = 'bus_deliveries'");

/** Idle, and no message in any queue: those that wait for their batch to fill are in hand already, which idle() does not see. */
async function untilDrained(running: Twin): Promise<void> {
  const messages = "SELECT count(*) AS n FROM sqs_messages WHERE queue NOT LIKE '%-dead'";
  const drained = async (): Promise<true | undefined> => {
    await running.idle(idleMs);
    return numberIn(messages) === 0 ? true : undefined;
  };
  await eventually(drained, { deadlineMs: idleMs, what: 'the end of all messages' });
}

/** One number of the twin's own database. */
function numberIn(query: string): number {
  const db = new DatabaseSync(path.join(dataDir, 'twin.db'), { readOnly: true });
  try {
    return Number(db.prepare(query).get()?.['n'] ?? 0);
  } finally {
    db.close();
  }
}

/** `null` where there is no /proc. */
function cpuMs(pids: readonly number[]): Usage['cpuMs'] {
  try {
    const processes = pids.map(processOf);
    const of = (isDatabase: boolean): number =>
      sum(processes.filter((one) => one.isDatabase === isDatabase).map((one) => one.cpuMs));
    return { functions: of(false), database: of(true), twin: processOf(process.pid).cpuMs };
  } catch {
    return null;
  }
}

/** The hosts of the functions. */
const hostsOf = (pids: readonly number[]): number[] => pids.filter((pid) => !processOf(pid).isDatabase);

/** `null` where there is no /proc. */
function memoryOf(pids: readonly number[]): Memory {
  try {
    const status = hostsOf(pids).map((pid) => readFileSync(`/proc/${pid}/status`, 'utf8'));
    const of = (field: string): number =>
      sum(status.map((text) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(text)?.[1]) * 1024));
    return { now: of('VmRSS'), peak: of('VmHWM') };
  } catch {
    return null;
  }
}

/** 5 makes the peak what is resident now: https://www.kernel.org/doc/html/latest/filesystems/proc.html (clear_refs) */
const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Linux counts a process's CPU time in ticks of 10 ms: user and system time are the fields 14 and 15 of its `stat`. */
function processOf(pid: number): { readonly isDatabase: boolean; readonly cpuMs: number } {
  const [name = '', rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return { isDatabase: name.includes('dynoxide'), cpuMs: (Number(fields[11]) + Number(fields[12])) * 10 };
}

async function respond(message: unknown): Promise<void> {
  const { id, question } = request.parse(message);
  try {
    process.send?.({ id, value: (await answer[question](twin)) ?? null });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
  }
  if (question === 'stop') process.disconnect();
}

process.on('message', (message) => void respond(message));
process.on('disconnect', () => process.exit());
process.send?.({ id: 0, value: { url: twin.apiUrl, apiKey, dynamoDbUrl: twin.dynamoDbUrl } });
