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

/** Addresses that are taken down. */
const down = new Set<string>();

/** Takes the sandbox at an address down, all of it, or brings it back; it keeps what it has. */
export function setDown(url: string, isDown: boolean): void {
  if (isDown) down.add(url);
  else down.delete(url);
}
/** Whether it is down. */
export const isDown = (url: string): boolean => down.has(url);

/** A real HTTP server on a free local port. While it is down it answers 503, and does nothing of what it is asked. */
export async function startServer(
  answer: (request: SandboxRequest) => Promise<SandboxResponse> | SandboxResponse,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  let url = '';
  const server = createServer((request, response) => {
    if (down.has(url)) {
      response.writeHead(503, { 'content-type': 'text/plain' }).end('taken down');
      return;
    }
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
  url = `http://127.0.0.1:${port}`;
  down.delete(url);
  return { url, stop: () => stopServer(server) };
}

const stopServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
