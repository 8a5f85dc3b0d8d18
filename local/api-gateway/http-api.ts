import { type IncomingMessage, type ServerResponse } from 'node:http';
import { AwsError, type InvokeFunction, type JsonObject } from '../aws-service.ts';
import { readBody, TooLarge } from '../http-body.ts';
import { LambdaAuthorizer, type Verdict } from './authorizer.ts';
import { type HttpApiConfig, type RouteConfig } from './config.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { type ApiRequest, apiRequestOf, requestEvent, type RequestPlace } from './request-event.ts';
import { type ApiResponse, apiResponseOf, gatewayMessage } from './response.ts';
import { compileRoutes, type RouteMatch } from './routes.ts';

/** Largest request body (API Gateway quota: 10 MB). */
const bodyLimitBytes = 10 * 1024 * 1024;

/** What an HTTP API needs. */
export interface HttpApiOptions {
  readonly config: HttpApiConfig;
  readonly accountId: string;
  readonly region: string;
  readonly invoke: InvokeFunction;
}

/** Serves an HTTP API: routes, authorizers, CORS, functions. The returned listener goes to `http.createServer`. */
export function createHttpApi(options: HttpApiOptions): (message: IncomingMessage, response: ServerResponse) => void {
  const api = new HttpApi(options);
  return (message, response) => {
    const request = apiRequestOf(message);
    api
      .answer(message, request)
      .catch(failure)
      .then((answer) => write(response, answer, request.requestId))
      .catch(() => response.destroy());
  };
}

type Admission = Verdict | { readonly kind: 'allowed'; readonly context?: undefined };

class HttpApi {
  private readonly options: HttpApiOptions;
  private readonly match: (method: string, path: string) => RouteMatch<RouteConfig> | undefined;
  private readonly authorizers = new Map<string, LambdaAuthorizer>();

  constructor(options: HttpApiOptions) {
    this.options = options;
    this.match = compileRoutes(options.config.routes);
    for (const { authorizer } of options.config.routes) {
      if (authorizer) this.authorizers.set(authorizer.id, new LambdaAuthorizer(authorizer, options.invoke));
    }
  }

  async answer(message: IncomingMessage, request: ApiRequest): Promise<ApiResponse> {
    const { cors } = this.options.config;
    if (cors && isPreflight(request)) return { status: 204, headers: preflightHeaders(cors, request), body: '' };
    const answer = await this.routed(message, request);
    if (!cors || !('origin' in request.headers)) return answer;
    return { ...answer, headers: { ...answer.headers, ...corsHeaders(cors, request) } };
  }

  private async routed(message: IncomingMessage, request: ApiRequest): Promise<ApiResponse> {
    const body = await readBody(message, bodyLimitBytes);
    const match = this.match(request.method, request.rawPath);
    if (!match) return gatewayMessage(404, 'Not Found');
    const place = this.placeOf(match);
    const verdict = await this.authorize(match.route, request, place);
    if (verdict.kind === 'unauthorized') return gatewayMessage(401, 'Unauthorized');
    if (verdict.kind === 'forbidden') return gatewayMessage(403, 'Forbidden');
    if (verdict.kind !== 'allowed') return gatewayMessage(500, 'Internal Server Error');
    return this.integrate(match.route, requestEvent(request, place, body, verdict.context));
  }

  private async authorize(
    { authorizer, key }: RouteConfig,
    request: ApiRequest,
    place: RequestPlace,
  ): Promise<Admission> {
    const asked = authorizer && this.authorizers.get(authorizer.id);
    if (!asked) return { kind: 'allowed' };
    return asked.authorize(request, place, this.routeArn(key));
  }

  private async integrate(route: RouteConfig, event: JsonObject): Promise<ApiResponse> {
    const limit = AbortSignal.timeout(route.timeoutMs);
    try {
      return apiResponseOf(await this.options.invoke(route.functionName, event, limit));
    } catch (error) {
      if (limit.aborted) return gatewayMessage(503, 'Service Unavailable');
      throw error;
    }
  }

  private placeOf({ route, pathParameters }: RouteMatch<RouteConfig>): RequestPlace {
    const { apiId, stage, stageVariables } = this.options.config;
    const place = { accountId: this.options.accountId, apiId, stage, routeKey: route.key, pathParameters };
    return stageVariables ? { ...place, stageVariables } : place;
  }

  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`. */
  private routeArn(routeKey: string): string {
    const { region, accountId, config } = this.options;
    const route = routeKey.replace(' /', '/').replace(/^ANY\b/, '*');
    return `arn:aws:execute-api:${region}:${accountId}:${config.apiId}/${config.stage}/${route}`;
  }
}

function failure(error: unknown): ApiResponse {
  if (error instanceof TooLarge) return gatewayMessage(413, 'Request Entity Too Large');
  if (error instanceof AwsError && error.status === 413) return gatewayMessage(413, 'Request Entity Too Large');
  if (error instanceof AwsError && (error.status === 429 || error.status === 503)) {
    return gatewayMessage(503, 'Service Unavailable');
  }
  return gatewayMessage(500, 'Internal Server Error');
}

function write(response: ServerResponse, { status, headers, body }: ApiResponse, requestId: string): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const withoutBody = status === 204 || status === 304;
  response.writeHead(status, {
    ...headers,
    'apigw-requestid': requestId,
    ...(withoutBody ? {} : { 'content-length': length }),
  });
  response.end(withoutBody ? undefined : body);
}
