import { type DatabaseSync, type StatementSync } from 'node:sqlite';

/** Puts all writes of one turn of the event loop into one SQLite transaction: thousands of small writes a second, each durable. */
export interface GroupCommit {
  /** Runs `work` inside the next transaction; resolves with its value once that is committed, rejects (rolled back alone) if it throws. */
  run<T>(work: () => T): Promise<T>;
  /** Commits now what is waiting. */
  flush(): void;
}

type Settle = () => void;
interface Waiting {
  attempt(savepoint: Savepoint): Settle;
  reject(reason: unknown): void;
}

const groups = new WeakMap<DatabaseSync, GroupCommit>();

/** The group commit of a database: one for each, shared by all services that keep their state there. */
export function groupCommit(db: DatabaseSync): GroupCommit {
  const known = groups.get(db);
  if (known) return known;
  const created = new ImmediateGroup(db);
  groups.set(db, created);
  return created;
}

/** One writer's part of the shared transaction, undone alone when it throws. */
class Savepoint {
  readonly #enter: StatementSync;
  readonly #release: StatementSync;
  readonly #undo: StatementSync;

  constructor(db: DatabaseSync) {
    this.#enter = db.prepare('SAVEPOINT part');
    this.#release = db.prepare('RELEASE part');
    this.#undo = db.prepare('ROLLBACK TO part');
  }

  run<T>(work: () => T): T {
    this.#enter.run();
    try {
      return work();
    } catch (error) {
      this.#undo.run();
      throw error;
    } finally {
      this.#release.run();
    }
  }
}

class ImmediateGroup implements GroupCommit {
  readonly #db: DatabaseSync;
  readonly #savepoint: Savepoint;
  #waiting: Waiting[] = [];

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#savepoint = new Savepoint(db);
  }

  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const attempt = (savepoint: Savepoint): Settle => {
        try {
          const value = savepoint.run(work);
          return () => resolve(value);
        } catch (error) {
          return () => reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (this.#waiting.push({ attempt, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  flush(): void {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const settled = batch.map((each) => each.attempt(this.#savepoint));
      this.#db.exec('COMMIT');
      for (const settle of settled) settle();
    } catch (error) {
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK');
      for (const each of batch) each.reject(error);
    }
  }
}
