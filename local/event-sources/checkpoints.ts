import { type DatabaseSync, type StatementSync } from 'node:sqlite';
import { groupCommit, type GroupCommit } from '../sqs/group-commit.ts';
import { text } from '../sqs/row.ts';

/** How far each mapping got in its stream, on disk (table `esm_checkpoints`). */
export class Checkpoints {
  readonly #commits: GroupCommit;
  readonly #select: StatementSync;
  readonly #save: StatementSync;

  constructor(db: DatabaseSync) {
    db.exec(
      `CREATE TABLE IF NOT EXISTS esm_checkpoints (
         mapping TEXT NOT NULL, stream TEXT NOT NULL, position TEXT NOT NULL, PRIMARY KEY (mapping, stream)) STRICT`,
    );
    this.#commits = groupCommit(db);
    this.#select = db.prepare('SELECT position FROM esm_checkpoints WHERE mapping = ? AND stream = ?');
    this.#save = db.prepare('INSERT OR REPLACE INTO esm_checkpoints VALUES (?, ?, ?)');
  }

  /** The position a mapping reached in this incarnation of a stream; the empty text is the stream's beginning. */
  load(mappingId: string, streamId: string): string | undefined {
    const row = this.#select.get(mappingId, streamId);
    return row && text(row, 'position');
  }

  async save(mappingId: string, streamId: string, position: string): Promise<void> {
    await this.#commits.run(() => this.#save.run(mappingId, streamId, position));
  }
}
