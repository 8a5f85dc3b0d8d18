import { type DatabaseSync, type StatementSync } from 'node:sqlite';
import { integer, text, type Row } from '../sqs/row.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS bus_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, payload TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    accepted_at INTEGER NOT NULL, next_attempt_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS bus_deliveries_by_target ON bus_deliveries (target);`;

/** One event on its way to one target. */
export interface Delivery {
  readonly id: number;
  readonly payload: string;
  readonly attempts: number;
  readonly acceptedAt: number;
  readonly nextAttemptAt: number;
}

/** Deliveries not done yet, in SQLite. Every method is synchronous: callers put writes in a transaction. */
export class DeliveryStore {
  readonly #insert: StatementSync;
  readonly #after: StatementSync;
  readonly #byId: StatementSync;
  readonly #retry: StatementSync;
  readonly #delete: StatementSync;
  readonly #count: StatementSync;

  constructor(db: DatabaseSync) {
    db.exec(TABLES);
    this.#insert = db.prepare(
      'INSERT INTO bus_deliveries (target, payload, accepted_at, next_attempt_at) VALUES (?, ?, ?, ?)',
    );
    this.#after = db.prepare('SELECT * FROM bus_deliveries WHERE target = ? AND id > ? ORDER BY id LIMIT ?');
    this.#byId = db.prepare('SELECT * FROM bus_deliveries WHERE id = ?');
    this.#retry = db.prepare('UPDATE bus_deliveries SET attempts = ?, next_attempt_at = ? WHERE id = ?');
    this.#delete = db.prepare('DELETE FROM bus_deliveries WHERE id = ?');
    this.#count = db.prepare('SELECT COUNT(*) AS pending FROM bus_deliveries');
  }

  insert(targetKey: string, payload: string, now: number): void {
    this.#insert.run(targetKey, payload, now, now);
  }

  /** The next deliveries of a target, in the order of acceptance. */
  after(targetKey: string, id: number, limit: number): Delivery[] {
    return this.#after.all(targetKey, id, limit).map(deliveryIn);
  }

  byId(id: number): Delivery | undefined {
    const row = this.#byId.get(id);
    return row && deliveryIn(row);
  }

  retryAt(id: number, attempts: number, at: number): void {
    this.#retry.run(attempts, at, id);
  }

  delete(id: number): void {
    this.#delete.run(id);
  }

  pending(): number {
    return integer(this.#count.get() ?? {}, 'pending');
  }
}

function deliveryIn(row: Row): Delivery {
  return {
    id: integer(row, 'id'),
    payload: text(row, 'payload'),
    attempts: integer(row, 'attempts'),
    acceptedAt: integer(row, 'accepted_at'),
    nextAttemptAt: integer(row, 'next_attempt_at'),
  };
}
