import { type DatabaseSync } from 'node:sqlite';

const schema = `
CREATE TABLE IF NOT EXISTS sfn_definition (
  digest TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, source TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sfn_execution (
  id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE,
  machine TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
  status TEXT NOT NULL, started INTEGER NOT NULL, stopped INTEGER, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT
);
CREATE INDEX IF NOT EXISTS sfn_execution_running ON sfn_execution (id) WHERE status = 'RUNNING';
CREATE INDEX IF NOT EXISTS sfn_execution_machine ON sfn_execution (machine, id);
CREATE TABLE IF NOT EXISTS sfn_frame (
  execution INTEGER NOT NULL, path TEXT NOT NULL, cursor TEXT NOT NULL, PRIMARY KEY (execution, path)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sfn_history (
  execution INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, events TEXT NOT NULL,
  PRIMARY KEY (execution, first)
) WITHOUT ROWID;
`;

/** Creates the interpreter's tables where they are missing. */
export function createTables(db: DatabaseSync): void {
  db.exec(schema);
}
