import { type DatabaseSync, type StatementSync } from 'node:sqlite';
import * as z from 'zod';
import { executionRow, type ExecutionRow } from './execution-row.ts';
import { storedEvents, type StoredEvent } from './history-event.ts';

const lastNumber = z.object({ last: z.number().nullable() });
const frameRow = z.object({ path: z.string(), cursor: z.string() });
const historyRow = z.object({ events: z.string() });

/** A frame as it was saved. */
export type FrameRow = z.output<typeof frameRow>;

/** Which executions to list, newest first. */
export interface ExecutionQuery {
  machine: string;
  status?: string;
  beforeId: number;
  limit: number;
}

/** Reads executions, their frames and their history as they were committed. */
export class Executions {
  readonly #byArn: StatementSync;
  readonly #byId: StatementSync;
  readonly #running: StatementSync;
  readonly #list: StatementSync;
  readonly #frames: StatementSync;
  readonly #history: StatementSync;
  readonly #lastId: StatementSync;
  readonly #lastEvent: StatementSync;

  constructor(db: DatabaseSync) {
    this.#byArn = db.prepare('SELECT * FROM sfn_execution WHERE arn = ?');
    this.#byId = db.prepare('SELECT * FROM sfn_execution WHERE id = ?');
    this.#running = db.prepare(`SELECT * FROM sfn_execution WHERE status = 'RUNNING' ORDER BY id`);
    this.#list = db.prepare(
      `SELECT * FROM sfn_execution WHERE machine = ? AND id < ? AND (? IS NULL OR status = ?) ORDER BY id DESC LIMIT ?`,
    );
    this.#frames = db.prepare('SELECT path, cursor FROM sfn_frame WHERE execution = ?');
    this.#history = db.prepare('SELECT events FROM sfn_history WHERE execution = ? ORDER BY first');
    this.#lastId = db.prepare('SELECT MAX(id) AS last FROM sfn_execution');
    this.#lastEvent = db.prepare('SELECT MAX(last) AS last FROM sfn_history WHERE execution = ?');
  }

  byArn(arn: string): ExecutionRow | undefined {
    return executionRow.optional().parse(this.#byArn.get(arn));
  }

  byId(id: number): ExecutionRow | undefined {
    return executionRow.optional().parse(this.#byId.get(id));
  }

  running(): ExecutionRow[] {
    return z.array(executionRow).parse(this.#running.all());
  }

  list({ machine, status, beforeId, limit }: ExecutionQuery): ExecutionRow[] {
    const wanted = status ?? null;
    return z.array(executionRow).parse(this.#list.all(machine, beforeId, wanted, wanted, limit));
  }

  frames(execution: number): FrameRow[] {
    return z.array(frameRow).parse(this.#frames.all(execution));
  }

  history(execution: number): StoredEvent[] {
    const rows = z.array(historyRow).parse(this.#history.all(execution));
    return rows.flatMap(({ events }) => storedEvents.parse(JSON.parse(events)));
  }

  lastId(): number {
    return lastNumber.parse(this.#lastId.get()).last ?? 0;
  }

  lastEvent(execution: number): number {
    return lastNumber.parse(this.#lastEvent.get(execution)).last ?? 0;
  }
}
