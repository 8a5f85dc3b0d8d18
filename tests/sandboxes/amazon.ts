import { errorOf } from './amazon/answers.ts';
import { Book } from './amazon/book.ts';
import { UsagePlans } from './amazon/plans.ts';
import { type Asked, type SellerSetup } from './amazon/route.ts';
import { routes } from './amazon/routes.ts';
import { type AppCredentials, Tokens } from './amazon/tokens.ts';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { setTimeout as pause } from 'node:timers/promises';

/** A fault that the next calls meet. */
interface Fault {
  readonly status: 401 | 403 | 429 | 500 | 503;
  left: number;
}

/**
 * Amazon's Selling Partner API: Login with Amazon, restricted data tokens, both Orders APIs, vendors' purchase orders, stock, feeds, the seller's
 * marketplaces and subscription; with usage plans, pages, and the errors that Amazon documents.
 */
export async function startAmazonSandbox(credentials: AppCredentials, setup: Partial<SellerSetup> = {}) {
  const seller = {
    pageSize: 100,
    subscribed: true,
    denied: [],
    marketplaces: [{ id: 'ATVPDKIKX0DER', currency: 'USD' }],
    ...setup,
  };
  const [book, tokens, plans] = [new Book(), new Tokens(credentials), new UsagePlans()];
  const calls: string[] = [];
  const faults: Fault[] = [];
  let slowMs = 0;

  const answer = async (request: SandboxRequest): Promise<SandboxResponse> => {
    await pause(slowMs);
    const url = new URL(request.path, 'http://amazon');
    if (url.pathname === '/auth/o2/token') return tokens.grant(new URLSearchParams(request.body.toString()));
    if (url.pathname.startsWith('/storage/')) return stored(request, url.pathname.slice('/storage/'.length), book);
    const operation = operationOf(request.method, url.pathname);
    calls.push(operation);
    const headers = {
      'x-amzn-RateLimit-Limit': plans.rateOf(operation),
      'x-amzn-RequestId': `request-${calls.length}`,
    };
    return { ...answered(request, url, operation), headers };
  };

  const answered = (request: SandboxRequest, url: URL, operation: string): SandboxResponse => {
    const fault = faults.find(({ left }) => left > 0);
    if (fault !== undefined) {
      fault.left -= 1;
      return faultOf(fault.status);
    }
    if (!plans.take(operation)) return faultOf(429);
    const token = request.headers['x-amz-access-token'];
    const scope = tokens.scopeOf(typeof token === 'string' ? token : undefined);
    if (scope === undefined) return faultOf(token === undefined ? 401 : 403);
    if (seller.denied.includes(operation)) return noRole;
    if (operation === 'createRestrictedDataToken') return tokens.restrict();
    const origin = `http://${request.headers.host ?? ''}`;
    const asked = { query: url.searchParams, body: jsonOf(request.body), isRestricted: scope === 'restricted', origin };
    return route(request.method, url.pathname, asked, book, seller);
  };

  const server = await startServer(answer);
  return {
    url: server.url,
    /** Where access tokens are given. */
    lwaUrl: `${server.url}/auth/o2/token`,
    book,
    tokens,
    /** Operations in the order in which they were called. */
    calls,
    /** The next so many calls meet this. */
    fail: (status: Fault['status'], times: number) => void faults.push({ status, left: times }),
    /** Time passes: every usage plan is full again. */
    refill: () => plans.refill(),
    /** Every answer takes so long from now on. */
    slow: (ms: number) => void (slowMs = ms),
    stop: server.stop,
  };
}
/** A sandbox that runs. */
export type AmazonSandbox = Awaited<ReturnType<typeof startAmazonSandbox>>;

/** The storage that feeds are put into and their reports lie in: its addresses are signed, and it knows no tokens. */
function stored({ method, body, headers }: SandboxRequest, id: string, { feeds }: Book): SandboxResponse {
  if (method === 'PUT' && headers['x-amz-access-token'] === undefined && feeds.documents.has(id)) {
    feeds.documents.set(id, body.toString());
    return { status: 200 };
  }
  const bytes = feeds.all.find(({ feedId }) => `report-${feedId}` === id)?.report;
  return bytes === undefined ? { status: 403 } : { status: 200, bytes };
}

const found = (method: string, path: string) => routes.find((one) => one.method === method && one.path.test(path));

const operationOf = (method: string, path: string): string =>
  path === '/tokens/2021-03-01/restrictedDataToken'
    ? 'createRestrictedDataToken'
    : (found(method, path)?.operation ?? 'unknown');

function route(
  method: string,
  path: string,
  asked: Omit<Asked, 'parts'>,
  book: Book,
  seller: SellerSetup,
): SandboxResponse {
  const one = found(method, path);
  if (one === undefined) return errorOf(404, 'NotFound', `There is no ${method} ${path}.`);
  const parts = (one.path.exec(path) ?? []).slice(1).map(decodeURIComponent);
  return one.answer({ ...asked, parts }, book, seller);
}

function faultOf(status: Fault['status']): SandboxResponse {
  if (status === 401) return errorOf(401, 'Unauthorized', 'Access to requested resource is denied.');
  if (status === 403) return errorOf(403, 'Unauthorized', 'The access token you provided has expired.');
  if (status === 429) return errorOf(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');
  return errorOf(status, 'InternalFailure', 'We encountered an internal error. Please try again.');
}

const noRole = errorOf(403, 'Unauthorized', 'Access to requested resource is denied.');

const jsonOf = (body: Buffer): unknown => (body.length === 0 ? undefined : JSON.parse(body.toString()));
