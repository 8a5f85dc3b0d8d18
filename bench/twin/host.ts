import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { synthesize } from '../../local/assembly/synth.ts';
import { ensureApiKey } from '../../local/cli/api-key.ts';
import { startTwin, type Twin } from '../../local/twin.ts';
import { hostOptions, type Question, request } from './protocol.ts';

/**
 * A process of its own for the twin, so that whoever measures neither shares its event loop nor dies with it (`kill -9` in the middle of
 * a sale). Asked and answered over IPC; see `protocol.ts`.
 */
const { dataDir, countCalls, httpPort } = hostOptions.parse(JSON.parse(process.argv[2] ?? '{}'));
const root = path.resolve(import.meta.dirname, '../..');
/** After this long something is stuck. */
const idleMs = 150_000;

const { directory } = await synthesize({
  root,
  stage: 'local',
  loadApp: async () => (await import('../../infra/app.ts')).buildApp,
});
const twin = await startTwin({ assembly: directory, dataDir, countCalls, httpPort });
const apiKey = await ensureApiKey(twin, dataDir);
if (apiKey === undefined) throw new Error('the app has no function that makes an API key');

const answer: Readonly<Record<Question, (running: Twin) => unknown>> = {
  usage: (running) => ({ ...running.usage(), deliveries: deliveries() }),
  resetUsage: (running) => running.resetUsage(),
  idle: (running) => running.idle(idleMs),
  functions: (running) =>
    running.functions.map(({ name, file, exportName, memoryMb, variables }) => ({
      name,
      file,
      exportName,
      memoryMb,
      variables,
    })),
  stop: (running) => running.stop(),
};

/** Each delivery of the bus is a row with an id that never comes again, so the last id is their count. */
function deliveries(): number {
  const db = new DatabaseSync(path.join(dataDir, 'twin.db'), { readOnly: true });
  try {
    return Number(db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'bus_deliveries'").get()?.['seq'] ?? 0);
  } finally {
    db.close();
  }
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
