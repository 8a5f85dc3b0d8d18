import { type InvokeFunction, type Json, type JsonObject } from '../aws-service.ts';
import { parseStatements } from '../iam/statements.ts';
import { allows } from '../iam/policy.ts';
import { isObject } from '../template/json.ts';
import { type AuthorizerConfig } from './config.ts';
import { type ApiRequest, authorizerEvent, type RequestPlace } from './request-event.ts';

/** What an authorizer says about a request; `context` goes to the function behind the route. */
export type Verdict =
  | { readonly kind: 'allowed'; readonly context: JsonObject }
  | { readonly kind: 'unauthorized' | 'forbidden' | 'failed' };

interface CachedAnswer {
  readonly answer: Promise<JsonObject | undefined>;
  readonly validUntil: number;
}

/** Most answers kept; the oldest go first. */
const cacheSize = 10_000;

/** A Lambda REQUEST authorizer with its cache: an answer holds for the identity it was given for, as long as the TTL says. */
export class LambdaAuthorizer {
  private readonly config: AuthorizerConfig;
  private readonly invoke: InvokeFunction;
  private readonly now: () => number;
  private readonly cache = new Map<string, CachedAnswer>();

  constructor(config: AuthorizerConfig, invoke: InvokeFunction, now: () => number = Date.now) {
    this.config = config;
    this.invoke = invoke;
    this.now = now;
  }

  async authorize(request: ApiRequest, place: RequestPlace, routeArn: string): Promise<Verdict> {
    const identity = this.config.identitySources.map((source) => identityOf(source, request, place));
    if (!identity.every((value) => value !== undefined && value !== '')) return { kind: 'unauthorized' };
    const known = identity.filter((value) => value !== undefined);
    const answer = await this.answerFor(known, () => authorizerEvent(request, place, known, routeArn));
    if (!answer) return { kind: 'failed' };
    const isAllowed = this.config.simpleResponses
      ? answer['isAuthorized'] === true
      : isAllowedByPolicy(answer, routeArn);
    if (!isAllowed) return { kind: 'forbidden' };
    return { kind: 'allowed', context: isObject(answer['context']) ? answer['context'] : {} };
  }

  private answerFor(identity: readonly string[], event: () => JsonObject): Promise<JsonObject | undefined> {
    const { ttlSeconds } = this.config;
    if (ttlSeconds === 0 || identity.length === 0) return this.ask(event());
    const key = JSON.stringify(identity);
    const cached = this.cache.get(key);
    if (cached && cached.validUntil > this.now()) return cached.answer;
    const answer = this.ask(event());
    this.remember(key, { answer, validUntil: this.now() + ttlSeconds * 1000 });
    void answer.then((value) => {
      if (!value) this.cache.delete(key);
    });
    return answer;
  }

  private remember(key: string, entry: CachedAnswer): void {
    this.cache.delete(key);
    this.cache.set(key, entry);
    if (this.cache.size <= cacheSize) return;
    const oldest = this.cache.keys().next();
    if (!oldest.done) this.cache.delete(oldest.value);
  }

  private async ask(event: JsonObject): Promise<JsonObject | undefined> {
    try {
      const { payload, functionError } = await this.invoke(this.config.functionName, event);
      return functionError === undefined && isObject(payload) ? payload : undefined;
    } catch {
      return undefined;
    }
  }
}

function isAllowedByPolicy(answer: JsonObject, routeArn: string): boolean {
  const document: Json | undefined = answer['policyDocument'];
  if (!isObject(document)) return false;
  const statements = parseStatements(document, 'The policy of an authorizer');
  return allows(statements, { action: 'execute-api:Invoke', resource: routeArn });
}

/** The value of an identity source such as `$request.header.Authorization`. */
function identityOf(source: string, request: ApiRequest, place: RequestPlace): string | undefined {
  const [, kind = '', name = ''] =
    /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case 'request.header':
      return request.headers[name.toLowerCase()];
    case 'request.querystring':
      return request.query[name];
    case 'stageVariables':
      return place.stageVariables?.[name];
    case 'context':
      if (name === 'routeKey') return place.routeKey;
      if (name === 'httpMethod') return request.method;
      if (name === 'path') return request.rawPath;
  }
  throw new Error(`Identity source ${source} is not supported by the twin`);
}
