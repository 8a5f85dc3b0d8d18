import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithLambdaAuthorizer } from 'aws-lambda';
import { type ApiContract } from '../../contracts/define-api.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import { systemClock } from '../../kernel/time.ts';
import { TooBusy } from '../../model/changes.ts';
import { replay } from '../../model/decide.ts';
import { getOnce } from '../dynamo/read.ts';
import { logger } from '../logger.ts';
import { type ApiCall, type ApiUseCase, type Principal } from './call.ts';
import { parseCall } from './parse.ts';
import { type HttpResponse, internalError, problem } from './problem.ts';
import { principalOf } from './principal.ts';

/** An HTTP API's request, with or without an authorizer before it. */
export type HttpEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<Record<string, string>> | APIGatewayProxyEventV2;

/** A Lambda function for one route: parses by the contract, runs the use case, answers JSON or problem details. */
export const httpHandler = <C extends ApiContract>(contract: C, useCase: ApiUseCase<C>) =>
  middy<HttpEvent, HttpResponse>()
    .use(problems())
    .handler(async (event) => {
      const principal = principalOf(event);
      const allowed = authorized(contract, principal);
      const call = allowed.ok ? parseCall(contract, event, principal, systemClock.now()) : allowed;
      const result = call.ok ? await repeatable(call.value, await useCase(call.value)) : call;
      if (!result.ok) return problem(result.refusal, event.rawPath);
      const body = contract.response.parse(result.value);
      return {
        statusCode: contract.status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
    });

function authorized(contract: ApiContract, principal: Principal): Result<true> {
  const { scope } = contract;
  if (scope === 'public' || principal.scopes.includes('*') || principal.scopes.includes(scope))
    return { ok: true, value: true };
  return refuse('forbidden', `This key lacks the scope ${scope}.`, { facts: { scope } });
}

/** A refusal of a repeat may only mean that the first call has done it already: then the first answer stands. */
async function repeatable<C extends ApiContract, T>({ once }: ApiCall<C>, result: Result<T>): Promise<Result<T>> {
  if (result.ok || once === undefined || result.refusal.code === 'idempotency-key-reused') return result;
  const first = await getOnce(once.key);
  return first === undefined ? result : replay<T>(first, once);
}

const tooBusy = refuse(
  'too-busy',
  'Many write the same stock at this moment. Try again in a second, under the same key.',
).refusal;

/** Broken assumptions: logged with their cause, answered with a fixed 500. */
export const problems = (): middy.MiddlewareObj<HttpEvent, HttpResponse> => ({
  onError: (request) => {
    if (request.error instanceof TooBusy) {
      request.response = problem(tooBusy, request.event.rawPath);
      return;
    }
    logger.error('a request broke', { error: request.error, path: request.event.rawPath });
    request.response = internalError(request.context.awsRequestId);
  },
});
