import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const line = z.object({ id: z.string(), kept: z.unknown().optional() });

/** What a market has of its orders, in a file: a line for each time that one was found changed; the last one counts. A kill leaves it readable. */
export class Journal {
  readonly #file: string | undefined;
  readonly #newest = new Map<string, string>();

  /** @param folder where the file is kept; left out, nothing outlives this process */
  constructor(folder: string | undefined, channelId: string) {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.#file = path.join(folder, `${channelId}.ndjson`);
    const lines = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n') : [];
    for (const text of lines) {
      const { data } = line.safeParse(parsed(text));
      if (data !== undefined) this.#newest.set(data.id, text);
    }
    writeFileSync(this.#file, [...this.#newest.values()].map((text) => `${text}\n`).join(''));
  }

  /** What was kept, the oldest order first. */
  get all(): z.infer<typeof line>[] {
    return [...this.#newest.values()].map((text) => line.parse(JSON.parse(text)));
  }

  /** Keeps an order, if it is not as it was kept last. */
  keep(id: string, kept: unknown): void {
    const text = JSON.stringify({ id, kept });
    if (this.#newest.get(id) === text) return;
    this.#newest.set(id, text);
    if (this.#file !== undefined) appendFileSync(this.#file, `${text}\n`);
  }
}

/** A line that a kill has cut off is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
