import { expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';
import { openDatabase } from './test-queues.ts';

it('puts the writes of one turn into one transaction, and undoes a failing one alone', async () => {
  const db = openDatabase();
  db.exec('CREATE TABLE facts (id INTEGER PRIMARY KEY)');
  const insert = db.prepare('INSERT INTO facts VALUES (?)');
  const commits = groupCommit(db);
  const outcomes = await Promise.allSettled([
    commits.run(() => insert.run(1).changes),
    commits.run(() => {
      insert.run(2);
      throw new Error('changed my mind');
    }),
    commits.run(() => insert.run(3).changes),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(db.prepare('SELECT id FROM facts').all().map((row) => row.id)).toEqual([1, 3]); // prettier-ignore
  expect(groupCommit(db)).toBe(commits);
});

it('rejects every waiting write when the database is gone', async () => {
  const db = openDatabase();
  const commits = groupCommit(db);
  const waiting = commits.run(() => 1);
  db.close();
  await expect(waiting).rejects.toThrow('database is not open');
});
