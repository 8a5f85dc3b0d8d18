import { type Reply, StripeRefusal } from './errors.ts';
import { type Params } from './form.ts';
import { type Ledger } from './ledger.ts';

/** A request as the routes see it. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Params;
}

const routes: readonly (readonly [
  method: string,
  path: RegExp,
  run: (ledger: Ledger, params: Params, id: string) => unknown,
])[] = [
  ['POST', /^\/v1\/payment_intents$/, (ledger, params) => ledger.create(params)],
  ['GET', /^\/v1\/payment_intents\/search$/, (ledger, params) => ledger.search(params)],
  ['GET', /^\/v1\/payment_intents\/([^/]+)$/, (ledger, _params, id) => ledger.intent(id)],
  ['POST', /^\/v1\/payment_intents\/([^/]+)\/capture$/, (ledger, params, id) => ledger.capture(id, params)],
  ['POST', /^\/v1\/payment_intents\/([^/]+)\/cancel$/, (ledger, params, id) => ledger.cancel(id, params)],
  ['POST', /^\/v1\/refunds$/, (ledger, params) => ledger.refund(params)],
  ['GET', /^\/v1\/refunds$/, (ledger, params) => ledger.refundsOf(params)],
  ['GET', /^\/v1\/refunds\/([^/]+)$/, (ledger, _params, id) => ledger.oneRefund(id)],
];

/** Runs the endpoint; its refusals are answers. */
export function answer(ledger: Ledger, { method, path, params }: SandboxRequest): Reply {
  for (const [verb, pattern, run] of routes) {
    const match = pattern.exec(path);
    if (verb !== method || match === null) continue;
    try {
      return { status: 200, body: structuredClone(run(ledger, params, decodeURIComponent(match[1] ?? ''))), ran: true };
    } catch (error) {
      if (error instanceof StripeRefusal) return error.reply;
      throw error;
    }
  }
  const message = `Unrecognized request URL (${method}: ${path}).`;
  return { status: 404, body: { error: { type: 'invalid_request_error', message } }, ran: false };
}
