import { Pool } from 'undici';

/** A request as bytes on the wire: a test may send what no client would. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, already encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What came back, its body as JSON where it is JSON. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
  readonly text: string;
}

/** Sends requests over a bounded number of sockets. */
export interface RawClient {
  send(request: RawRequest): Promise<RawAnswer>;
  close(): Promise<void>;
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A client that sends exactly what it is told. @param sockets most requests on their way at once */
export function rawClient(url: string, sockets = 16): RawClient {
  const pool = new Pool(url, { connections: sockets, pipelining: 1 });
  return {
    send: async ({ method, path, headers, body }) => {
      const answer = await pool.request({
        path,
        method,
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
      });
      const text = await answer.body.text();
      const contentType = String(answer.headers['content-type'] ?? '');
      return { status: answer.statusCode, contentType, text, body: jsonOf(text) };
    },
    close: () => pool.close(),
  };
}
