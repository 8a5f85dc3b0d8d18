import { type DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Execution } from './execution.ts';
import { type Changes, type WriteBatch } from './write-batch.ts';

interface Statements {
  insert: StatementSync;
  finish: StatementSync;
  saveFrame: StatementSync;
  dropFrames: StatementSync;
  appendEvents: StatementSync;
}

function prepare(db: DatabaseSync): Statements {
  return {
    insert: db.prepare(
      `INSERT INTO sfn_execution (id, arn, machine, name, digest, status, started, stopped, input, output, error, cause)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    finish: db.prepare(
      'UPDATE sfn_execution SET status = ?, stopped = ?, output = ?, error = ?, cause = ? WHERE id = ?',
    ),
    saveFrame: db.prepare('INSERT OR REPLACE INTO sfn_frame (execution, path, cursor) VALUES (?, ?, ?)'),
    dropFrames: db.prepare('DELETE FROM sfn_frame WHERE execution = ? AND path >= ? AND path < ?'),
    appendEvents: db.prepare('INSERT INTO sfn_history (execution, first, last, events) VALUES (?, ?, ?, ?)'),
  };
}

/** Greater than any path: U+10FFFF sorts last in SQLite's byte order too. */
const lastPath = '\u{10FFFF}';

/** Writes batches, each in one transaction. Knows SQL and nothing of when. */
export class BatchWriter {
  readonly #db: DatabaseSync;
  readonly #statements: Statements;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = prepare(db);
  }

  /** Commits the whole batch or, throwing, none of it. */
  write(batch: WriteBatch): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const [execution, changes] of batch) this.#writeOne(execution, changes);
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #writeOne(execution: Execution, changes: Changes): void {
    if (changes.created) this.#insert(execution);
    else if (execution.outcome !== undefined) this.#finish(execution);
    if (execution.outcome === undefined) this.#saveFrames(execution, changes);
    if (changes.events.length === 0) return;
    const last = changes.lastEvent;
    const first = last - changes.events.length + 1;
    this.#statements.appendEvents.run(execution.id, first, last, JSON.stringify(changes.events));
  }

  #insert({ id, arn, machine, name, startedMs, input, outcome }: Execution): void {
    const output = outcome?.output === undefined ? null : JSON.stringify(outcome.output);
    this.#statements.insert.run(
      id,
      arn,
      machine.arn,
      name,
      machine.digest,
      outcome?.status ?? 'RUNNING',
      startedMs,
      outcome?.stoppedMs ?? null,
      JSON.stringify(input),
      output,
      outcome?.error ?? null,
      outcome?.cause ?? null,
    );
  }

  #finish({ id, outcome }: Execution): void {
    if (outcome === undefined) return;
    const { status, stoppedMs, output, error, cause } = outcome;
    const outputText = output === undefined ? null : JSON.stringify(output);
    this.#statements.finish.run(status, stoppedMs, outputText, error ?? null, cause ?? null, id);
    this.#statements.dropFrames.run(id, '', lastPath);
  }

  #saveFrames(execution: Execution, changes: Changes): void {
    for (const prefix of changes.dropped) this.#statements.dropFrames.run(execution.id, prefix, prefix + lastPath);
    for (const path of changes.frames) {
      const cursor = execution.frames.get(path);
      if (cursor !== undefined) this.#statements.saveFrame.run(execution.id, path, JSON.stringify(cursor));
    }
  }
}
