import { type DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

const rows = z.array(z.object({ id: z.number(), started: z.number(), stopped: z.number().nullable() }));
const pageSize = 1000;

/**
 * Deletes executions that ended before `beforeMs`, with their history. Goes from the oldest and stops at the first
 * that began later.
 */
export function pruneExecutions(db: DatabaseSync, beforeMs: number): number {
  const page = db.prepare('SELECT id, started, stopped FROM sfn_execution WHERE id > ? ORDER BY id LIMIT ?');
  const deleteHistory = db.prepare('DELETE FROM sfn_history WHERE execution = ?');
  const deleteExecution = db.prepare('DELETE FROM sfn_execution WHERE id = ?');
  let deleted = 0;
  for (let last = 0; ;) {
    const found = rows.parse(page.all(last, pageSize));
    db.exec('BEGIN IMMEDIATE');
    for (const { id, stopped } of found.filter((row) => row.stopped !== null && row.stopped < beforeMs)) {
      deleteHistory.run(id);
      deleteExecution.run(id);
      deleted += stopped === null ? 0 : 1;
    }
    db.exec('COMMIT');
    const newest = found.at(-1);
    if (newest === undefined || found.length < pageSize || newest.started >= beforeMs) return deleted;
    last = newest.id;
  }
}
