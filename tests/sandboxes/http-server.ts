import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A request that a sandbox got. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a sandbox answers. */
export interface SandboxResponse {
  readonly status: number;
  readonly body?: unknown;
  /** In the place of a JSON body. */
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real HTTP server on a free local port. */
export async function startServer(
  answer: (request: SandboxRequest) => Promise<SandboxResponse> | SandboxResponse,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      Promise.resolve(answer({ method, path, headers, body: Buffer.concat(chunks) })).then(
        ({ status, body, bytes, headers: more }) =>
          response
            .writeHead(status, { 'content-type': 'application/json', ...more })
            .end(bytes ?? JSON.stringify(body ?? {})),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => stopServer(server) };
}

const stopServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
