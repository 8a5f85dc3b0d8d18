import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

/** An HTTP server that listens before what it serves is ready, so that its address is known first. */
export interface LocalServer {
  readonly url: string;
  /** Starts to serve; requests that came earlier get a 503. */
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** A port that another program listens on. */
export class PortTaken extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`Port ${port} is taken`);
    this.name = 'PortTaken';
    this.port = port;
  }
}

/** Listens on this machine only. Port 0 is any free one. Throws `PortTaken`. */
export async function openServer(port: number): Promise<LocalServer> {
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer({ keepAliveTimeout: 65_000, noDelay: true }, (request, response) => {
    listener(request, response);
  });
  await listen(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    serve: (next) => {
      listener = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As `openServer`, on the first free port of a row that begins at `port`. */
export async function openServerFrom(port: number, attempts = 20): Promise<LocalServer> {
  for (let candidate = port; ; candidate++) {
    try {
      return await openServer(candidate);
    } catch (error) {
      if (!(error instanceof PortTaken) || port === 0 || candidate >= port + attempts) throw error;
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
