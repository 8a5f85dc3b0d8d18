import { type DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type JsonObject } from '../aws-service.ts';
import { parseMachine, type Machine } from './machine.ts';

const definitionRow = z.object({ machine: z.string(), name: z.string(), role: z.string(), source: z.string() });
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** Keeps the definitions that running executions began with: like on AWS, a new one is only for new executions. */
export class Definitions {
  readonly #db: DatabaseSync;
  readonly #loaded = new Map<string, Machine>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Keeps `machine`, and forgets what no running execution needs any more. */
  save(machine: Machine): void {
    const { arn, name, roleArn, source, digest } = machine;
    const values = [digest, arn, name, roleArn, source];
    this.#db
      .prepare('INSERT OR REPLACE INTO sfn_definition (digest, machine, name, role, source) VALUES (?, ?, ?, ?, ?)')
      .run(...values);
    this.#db
      .prepare(
        `DELETE FROM sfn_definition WHERE machine = ? AND digest <> ?
         AND digest NOT IN (SELECT digest FROM sfn_execution WHERE status = 'RUNNING')`,
      )
      .run(arn, digest);
    this.#loaded.set(digest, machine);
  }

  /** The definition with that digest. Throws if it is unknown or not understood any more. */
  load(digest: string): Machine {
    const known = this.#loaded.get(digest);
    if (known !== undefined) return known;
    const row = definitionRow.parse(this.#db.prepare('SELECT * FROM sfn_definition WHERE digest = ?').get(digest));
    const definition = jsonObject.parse(JSON.parse(row.source));
    const machine = parseMachine({ arn: row.machine, name: row.name, roleArn: row.role, definition });
    this.#loaded.set(digest, machine);
    return machine;
  }
}
