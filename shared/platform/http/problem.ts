import { type Refusal, refusalStatus } from '../../kernel/refusal.ts';

/** What a Lambda proxy integration answers (payload format 2.0). */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const title = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');

/** A refusal as RFC 9457 problem details: stable `code`, sentence, facts, and the fields at fault by JSON pointer. */
export const problem = (refusal: Refusal, instance?: string): HttpResponse => ({
  statusCode: refusalStatus[refusal.code],
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({
    type: `urn:crossdock:problem:${refusal.code}`,
    title: title(refusal.code),
    status: refusalStatus[refusal.code],
    detail: refusal.detail,
    code: refusal.code,
    ...(instance === undefined ? {} : { instance }),
    ...(refusal.errors === undefined ? {} : { errors: refusal.errors }),
    ...refusal.facts,
  }),
});

/** What a client learns of a broken assumption: nothing but where to look it up. */
export const internalError = (requestId: string): HttpResponse => ({
  statusCode: 500,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail:
      'Something broke on our side. Nothing is known to be wrong with the request; repeat it with the same Idempotency-Key.',
    instance: `urn:crossdock:request:${requestId}`,
  }),
});
