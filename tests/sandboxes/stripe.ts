import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, Faults } from './stripe/faults.ts';
import { type Reply } from './stripe/errors.ts';
import { decodeForm } from './stripe/form.ts';
import { Keys } from './stripe/idempotency.ts';
import { Ledger } from './stripe/ledger.ts';
import { type SandboxIntent, type SandboxRefund } from './stripe/objects.ts';
import { type SandboxRequest, answer } from './stripe/routes.ts';

/** A request that came in, for tests that look at the wire. */
export interface SeenRequest extends SandboxRequest {
  readonly key?: string;
  readonly version?: string;
}

/** A running sandbox. */
export interface StripeSandbox {
  readonly url: string;
  readonly secretKey: string;
  /** Every payment intent, oldest first. */
  intents(): SandboxIntent[];
  /** Every refund, oldest first. */
  refunds(): SandboxRefund[];
  /** Every API request, oldest first. */
  requests(): readonly SeenRequest[];
  /** Lets the next requests go wrong; the same as `POST /_faults`. */
  fault(fault: Fault): void;
  /** A day passes: idempotency keys are forgotten. */
  forgetKeys(): void;
  /** A week passes: an authorization runs out. */
  expire(intentId: string): void;
  stop(): Promise<void>;
}

/**
 * A small server that speaks Stripe's wire contract as far as Crossdock uses it: forms with nested brackets, bearer keys, idempotency keys
 * with `Idempotent-Replayed`, payment intents with manual capture, cancellation, refunds, search by metadata, Stripe's error objects, and
 * faults on demand (`POST /_faults`), among them an effect whose answer is lost. Nothing is kept beyond `stop`.
 * @param secretKey the only key that it takes; a fresh one unless given
 */
export async function startStripeSandbox({
  port = 0,
  secretKey = `sk_test_${randomBytes(12).toString('hex')}`,
} = {}): Promise<StripeSandbox> {
  const state = { ledger: new Ledger(), keys: new Keys(), faults: new Faults(), seen: [] as SeenRequest[], secretKey };
  const server = createServer((request, response) => {
    handle(state, request, response).catch((error: unknown) => {
      send(response, { status: 500, body: { error: { type: 'api_error', message: String(error) } } });
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    secretKey,
    intents: () => structuredClone([...state.ledger.intents.values()]),
    refunds: () => structuredClone([...state.ledger.refunds.values()]),
    requests: () => state.seen,
    fault: (fault) => state.faults.add(fault),
    forgetKeys: () => state.keys.forget(),
    expire: (id) => state.ledger.expire(id),
    stop: () => stop(server),
  };
}

interface State {
  readonly ledger: Ledger;
  readonly keys: Keys;
  readonly faults: Faults;
  readonly seen: SeenRequest[];
  readonly secretKey: string;
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const method = request.method ?? 'GET';
  if (path === '/_faults') {
    inject(state, method, body, response);
    return;
  }
  const unauthorized = checkKey(state.secretKey, request.headers.authorization);
  if (unauthorized !== undefined) {
    send(response, unauthorized);
    return;
  }
  await run(state, request, response, { method, path, params: decodeForm(method === 'GET' ? query : body) });
}

async function run(
  state: State,
  http: IncomingMessage,
  response: ServerResponse,
  request: SandboxRequest,
): Promise<void> {
  const [key, version] = [http.headers['idempotency-key'], http.headers['stripe-version']].map((value) =>
    typeof value === 'string' ? value : undefined,
  );
  state.seen.push({ ...request, ...(key !== undefined && { key }), ...(version !== undefined && { version }) });
  const fault = state.faults.take(`${request.method} ${request.path}`);
  if (fault?.status !== undefined) {
    send(response, outage(fault.status));
    return;
  }
  const { reply, replayed } = state.keys.once(key, request, () => answer(state.ledger, request));
  if (fault?.dropAfterEffect === true) {
    http.socket.destroy();
    return;
  }
  if (fault?.delayMs !== undefined) await pause(fault.delayMs);
  send(response, reply, {
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(replayed && { 'idempotent-replayed': 'true' }),
  });
}

function inject(state: State, method: string, body: string, response: ServerResponse): void {
  try {
    if (method === 'DELETE') state.faults.clear();
    else state.faults.add(JSON.parse(body));
    send(response, { status: 200, body: {} });
  } catch (error) {
    send(response, { status: 400, body: { error: { type: 'invalid_request_error', message: String(error) } } });
  }
}

/** Stripe takes the key as a bearer token or as the user name of basic authentication. */
function checkKey(secretKey: string, header = ''): Reply | undefined {
  const [scheme = '', credentials = ''] = header.split(' ');
  const given =
    scheme.toLowerCase() === 'basic'
      ? (Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '')
      : credentials;
  if (given === secretKey) return undefined;
  const message =
    given === ''
      ? 'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.'
      : `Invalid API Key provided: ${given.slice(0, 8)}${'*'.repeat(8)}${given.slice(-4)}`;
  return { status: 401, body: { error: { type: 'invalid_request_error', message } } };
}

const outage = (status: number): Reply =>
  status === 429
    ? {
        status,
        body: {
          error: {
            type: 'invalid_request_error',
            code: 'rate_limit',
            message: 'Too many requests hit the API too quickly.',
          },
        },
      }
    : {
        status,
        body: { error: { type: 'api_error', message: 'Sorry, something went wrong. An engineer has been notified.' } },
      };

function send(response: ServerResponse, { status, body }: Reply, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': `req_${randomBytes(8).toString('hex')}`,
    ...headers,
  });
  response.end(JSON.stringify(body));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox listens on no port');
  return address.port;
}

const stop = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });

if (import.meta.main) {
  const secretKey = process.env['STRIPE_SANDBOX_KEY'];
  const sandbox = await startStripeSandbox({
    port: Number(process.env['PORT'] ?? 12111),
    ...(secretKey !== undefined && { secretKey }),
  });
  console.log(`Stripe sandbox at ${sandbox.url}, secret key ${sandbox.secretKey}`);
}
