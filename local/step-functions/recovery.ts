import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod';
import { CancelScope } from './cancel-scope.ts';
import { type Definitions } from './definitions.ts';
import { type Engine } from './engine.ts';
import { type Cursor, type Execution } from './execution.ts';
import { type ExecutionRow } from './execution-row.ts';
import { type Executions } from './executions.ts';

const json = z.json();
const errorOutput = z.object({ Error: z.string(), Cause: z.string() });
const cursorSchema: z.ZodType<Cursor> = z.object({
  state: z.string(),
  input: json,
  enteredMs: z.number(),
  variables: z.record(z.string(), json),
  retries: z.record(z.string(), z.number()).exactOptional(),
  retryAtMs: z.number().exactOptional(),
  wakeAtMs: z.number().exactOptional(),
  deadlineMs: z.number().exactOptional(),
  heartbeatDueMs: z.number().exactOptional(),
  heartbeatMs: z.number().exactOptional(),
  arguments: json.exactOptional(),
  token: z.string().exactOptional(),
  sent: z.boolean().exactOptional(),
  reply: z.union([z.object({ output: json }), z.object({ error: errorOutput })]).exactOptional(),
  child: z.string().exactOptional(),
  done: z.union([z.object({ output: json }), z.object({ error: errorOutput })]).exactOptional(),
  event: z.number(),
});

/** Executions resumed in one turn of the event loop, so that thousands do not hold up a starting twin. */
const resumedPerTurn = 200;

function revive(row: ExecutionRow, executions: Executions, definitions: Definitions): Execution {
  const frames = executions.frames(row.id);
  return {
    id: row.id,
    arn: row.arn,
    name: row.name,
    machine: definitions.load(row.digest),
    input: json.parse(JSON.parse(row.input)),
    startedMs: row.started,
    frames: new Map(frames.map(({ path, cursor }) => [path, cursorSchema.parse(JSON.parse(cursor))])),
    scope: new CancelScope(),
    events: executions.lastEvent(row.id),
  };
}

/**
 * Takes up every execution that ran when the twin ended. All are known at once, so that a callback finds its task;
 * they are resumed a few hundred
 * at a time. An execution whose definition is lost stays as it is, and is reported.
 */
export async function recoverExecutions(
  engine: Engine,
  executions: Executions,
  definitions: Definitions,
): Promise<void> {
  const revived: Execution[] = [];
  for (const row of executions.running()) {
    if (engine.running.has(row.arn)) continue;
    try {
      const execution = revive(row, executions, definitions);
      engine.adopt(execution);
      revived.push(execution);
    } catch (error) {
      console.error(`step-functions: ${row.arn} cannot be resumed`, error);
    }
  }
  for (const [index, execution] of revived.entries()) {
    if (index > 0 && index % resumedPerTurn === 0) await nextTurn();
    if (execution.outcome === undefined) engine.launch(execution);
  }
}
