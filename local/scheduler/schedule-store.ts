import { type DatabaseSync, type StatementSync } from 'node:sqlite';
import { integer, integerOrUndefined, text, textOrUndefined } from '../sqs/row.ts';
import { readDefinition, type ScheduleDefinition } from './schedule-definition.ts';

/** How far a schedule got. */
export interface ScheduleState {
  /** Expression and time zone: another one starts anew. */
  readonly timing: string;
  /** When the schedule was made; rates count from here. Epoch milliseconds, as all times here. */
  readonly anchor: number;
  /** The run that is due next, or being retried. */
  readonly nextAt: number | undefined;
  readonly lastFiredAt: number | undefined;
}

/** Schedules made at run time with their definitions, and the states of all, in SQLite (`sched_schedules`). */
export class ScheduleStore {
  readonly #select: StatementSync;
  readonly #save: StatementSync;
  readonly #delete: StatementSync;
  readonly #stored: StatementSync;

  constructor(db: DatabaseSync) {
    db.exec(
      `CREATE TABLE IF NOT EXISTS sched_schedules (
         name TEXT PRIMARY KEY, timing TEXT NOT NULL, anchor INTEGER NOT NULL, next_at INTEGER, last_fired_at INTEGER,
         definition TEXT) STRICT`,
    );
    this.#select = db.prepare('SELECT * FROM sched_schedules WHERE name = ?');
    this.#save = db.prepare('INSERT OR REPLACE INTO sched_schedules VALUES (?, ?, ?, ?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM sched_schedules WHERE name = ?');
    this.#stored = db.prepare('SELECT definition FROM sched_schedules WHERE definition IS NOT NULL');
  }

  load(name: string): ScheduleState | undefined {
    const row = this.#select.get(name);
    if (!row) return undefined;
    return {
      timing: text(row, 'timing'),
      anchor: integer(row, 'anchor'),
      nextAt: integerOrUndefined(row, 'next_at'),
      lastFiredAt: integerOrUndefined(row, 'last_fired_at'),
    };
  }

  /** `definition` is kept for schedules made at run time: no template brings them back. */
  save(name: string, state: ScheduleState, definition: ScheduleDefinition | undefined): void {
    const json = definition ? JSON.stringify(definition) : null;
    this.#save.run(name, state.timing, state.anchor, state.nextAt ?? null, state.lastFiredAt ?? null, json);
  }

  delete(name: string): void {
    this.#delete.run(name);
  }

  /** Definitions of the schedules made at run time. */
  stored(): ScheduleDefinition[] {
    return this.#stored.all().map((row) => readDefinition(textOrUndefined(row, 'definition') ?? ''));
  }
}
