import middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { type ApiContract } from '../../contracts/define-api.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { systemClock } from '../../kernel/time.ts';
import { type HttpEvent, problems } from './http-handler.ts';
import { rawBody } from './parse.ts';
import { type HttpResponse, problem } from './problem.ts';

/** One call of a public route whose body is signed: its bytes as they came, unparsed. */
export interface RawCall<C extends ApiContract> {
  readonly params: z.infer<C['params']>;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Where it was sent, without its query. */
  readonly url: string;
  /** When it was taken in, RFC 3339 UTC. */
  readonly now: string;
}

/** A Lambda function for a public route that needs the raw bytes; a path that its contract does not know is simply not found. */
export const rawHttpHandler = <C extends ApiContract>(
  contract: C,
  useCase: (call: RawCall<C>) => Promise<Result<z.input<C['response']>>>,
) =>
  middy<HttpEvent, HttpResponse>()
    .use(problems())
    .handler(async (event) => {
      const call = rawCall(contract, event);
      const result = call.ok ? await useCase(call.value) : call;
      if (!result.ok) return problem(result.refusal, event.rawPath);
      const body = contract.response.parse(result.value);
      return {
        statusCode: contract.status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
    });

function rawCall<C extends ApiContract>(contract: C, event: APIGatewayProxyEventV2): Result<RawCall<C>> {
  const params = contract.params.safeParse(event.pathParameters ?? {});
  if (!params.success) return refuse('not-found', 'There is nothing here.');
  const body = rawBody(event);
  if (body.length > contract.maximumBodyBytes) {
    return refuse(
      'body-too-large',
      `The body has ${body.length} bytes; this route takes ${contract.maximumBodyBytes}.`,
      {
        facts: { maximumBytes: contract.maximumBodyBytes },
      },
    );
  }
  const headers = Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const query = event.queryStringParameters ?? {};
  const url = `https://${event.requestContext.domainName}${event.rawPath}`;
  return ok({ params: params.data as z.infer<C['params']>, headers, query, body, url, now: systemClock.now() });
}
