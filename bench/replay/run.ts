import { untilInterrupted } from '../../local/cli/interruption.ts';
import { type Server, findOrStartServer } from '../../local/demo/server.ts';
import { type ReplayArguments, helpText, parseReplayArguments } from './arguments.ts';
import { readOlist } from './olist.ts';
import { progressBar } from './progress.ts';
import { failuresOf, replayOlist } from './replay.ts';
import { reportOf } from './report.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run replay`. Gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const parsed = parseReplayArguments(args);
    if (!parsed.help) return await run(parsed);
    say(helpText);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function run(parsed: ReplayArguments): Promise<number> {
  const interruption = untilInterrupted().then(() => 130);
  const data = await readOlist(parsed.folder, parsed.limit);
  const starting = findOrStartServer({ url: parsed.url, key: parsed.key, say });
  const replaying = starting.then((server) => replay(server, parsed, data));
  try {
    return await Promise.race([replaying, interruption]);
  } finally {
    await (await starting).stop();
  }
}

async function replay(
  server: Server,
  { clients, stock }: ReplayArguments,
  data: Awaited<ReturnType<typeof readOlist>>,
): Promise<number> {
  say(`Replaying ${data.orders.length} orders on ${server.url} with ${clients} clients, stock × ${stock} …`);
  const done = await replayOlist(server.api, data, { clients, stock, progress: progressBar });
  for (const line of reportOf(done)) say(line);
  const failed = failuresOf(done).length > 0;
  if (failed) for (const complaint of server.complaints.slice(-20)) say(complaint);
  return failed ? 1 : 0;
}
