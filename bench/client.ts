import { Pool } from 'undici';
import { type HostedTwin } from './twin/hosted-twin.ts';

/** What a call came back with. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** A plain client with so many connections and nothing that costs time: the machine is for the twin. */
export class LoadClient {
  readonly #pool: Pool;
  readonly #authorization: string;

  constructor({ url, apiKey }: Pick<HostedTwin, 'url' | 'apiKey'>, connections: number) {
    this.#pool = new Pool(url, { connections, pipelining: 1 });
    this.#authorization = `Bearer ${apiKey}`;
  }

  /** Posts JSON; `key` is the Idempotency-Key. Rejects when the connection breaks. */
  async post(path: string, body: string, key: string): Promise<Reply> {
    const began = performance.now();
    const answer = await this.#pool.request({
      method: 'POST',
      path,
      headers: { authorization: this.#authorization, 'content-type': 'application/json', 'idempotency-key': key },
      body,
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, body: text, milliseconds: performance.now() - began };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** Works through `count` numbered jobs, so many at a time, and gives their results in order. */
export async function workers<T>(count: number, atOnce: number, job: (number: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let number = next++; number < count; number = next++) results[number] = await job(number);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, work));
  return results;
}
