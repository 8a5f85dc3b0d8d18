import { DatabaseSync } from 'node:sqlite';
import { type QueueDefinition } from './queue.ts';
import { createSqs, type Sqs } from './sqs.ts';

/** The ARN that tests give a queue. */
export const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** A queue definition with the defaults of AWS. */
export function queueNamed(name: string, overrides: Partial<QueueDefinition> = {}): QueueDefinition {
  return {
    name,
    arn: arnOf(name),
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 345_600,
    delaySeconds: 0,
    ...overrides,
  };
}

/** Opens a database as the twin does. */
export function openDatabase(path = ':memory:'): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  return db;
}

/** Queues over `db` with a clock the test moves. */
export function openQueues(db: DatabaseSync, clock?: () => number): Sqs {
  return createSqs({ db, baseUrl: 'http://127.0.0.1:4566', accountId: '000000000000', region: 'us-east-1', clock });
}
