import { type DeployedResource } from '../template/cloudformation.ts';
import { asString, isObject, numberOr, stringsOf } from '../template/json.ts';
import { type CorsConfig, corsConfigOf } from './cors.ts';

/** A Lambda authorizer of payload format 2.0. */
export interface AuthorizerConfig {
  readonly id: string;
  readonly functionName: string;
  readonly identitySources: readonly string[];
  readonly ttlSeconds: number;
  readonly simpleResponses: boolean;
}

/** One route and the function behind it. */
export interface RouteConfig {
  /** As in the template: `GET /orders/{id}`, `ANY /x/{proxy+}` or `$default`. */
  readonly key: string;
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly authorizer?: AuthorizerConfig;
}

/** An HTTP API as the template declares it. */
export interface HttpApiConfig {
  readonly apiId: string;
  readonly stage: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly cors?: CorsConfig;
  readonly routes: readonly RouteConfig[];
}

/** Reads the app's HTTP API, or `undefined` where it has none. Refuses a second one and what is not a Lambda behind HTTP. */
export function httpApiConfigOf(resources: readonly DeployedResource[]): HttpApiConfig | undefined {
  const [api, second] = resources.filter(({ type }) => type === 'AWS::ApiGatewayV2::Api');
  if (!api) return undefined;
  if (second) throw new Error(`${second.logicalId}: the twin serves one HTTP API, ${api.logicalId} is already one`);
  requireValue(api, 'ProtocolType', ['HTTP']);
  const [stage] = resources.filter(({ type }) => type === 'AWS::ApiGatewayV2::Stage');
  if (stage && stage.name !== '$default') throw new Error(`${stage.logicalId}: only the stage $default is supported`);
  const variables = stage?.properties['StageVariables'];
  const cors = corsConfigOf(api.properties['CorsConfiguration']);
  return {
    apiId: api.name,
    stage: '$default',
    routes: routesOf(resources),
    ...(cors ? { cors } : {}),
    ...(isObject(variables) ? { stageVariables: textValues(variables) } : {}),
  };
}

function routesOf(resources: readonly DeployedResource[]): RouteConfig[] {
  const ofType = (type: string): DeployedResource[] => resources.filter((resource) => resource.type === type);
  const integrations = new Map(ofType('AWS::ApiGatewayV2::Integration').map((each) => [each.name, each]));
  const authorizers = new Map(ofType('AWS::ApiGatewayV2::Authorizer').map((each) => [each.name, authorizerOf(each)]));
  return ofType('AWS::ApiGatewayV2::Route').map((route) => {
    requireValue(route, 'AuthorizationType', ['NONE', 'CUSTOM', undefined]);
    const target = asString(route.properties['Target'], `${route.logicalId}.Target`).replace(/^integrations\//, '');
    const integration = integrations.get(target);
    if (!integration) throw new Error(`${route.logicalId}: its integration ${target} is not in the template`);
    const authorizerId = route.properties['AuthorizerId'];
    const authorizer = typeof authorizerId === 'string' ? authorizers.get(authorizerId) : undefined;
    const key = asString(route.properties['RouteKey'], `${route.logicalId}.RouteKey`);
    return { key, ...integrationOf(integration), ...(authorizer ? { authorizer } : {}) };
  });
}

function integrationOf(integration: DeployedResource): { functionName: string; timeoutMs: number } {
  requireValue(integration, 'IntegrationType', ['AWS_PROXY']);
  requireValue(integration, 'PayloadFormatVersion', ['2.0']);
  return {
    functionName: functionNameOf(asString(integration.properties['IntegrationUri'], integration.logicalId)),
    timeoutMs: numberOr(integration.properties['TimeoutInMillis'], 30_000, integration.logicalId),
  };
}

function authorizerOf(authorizer: DeployedResource): AuthorizerConfig {
  requireValue(authorizer, 'AuthorizerType', ['REQUEST']);
  requireValue(authorizer, 'AuthorizerPayloadFormatVersion', ['2.0']);
  const { properties, logicalId, name } = authorizer;
  const identitySources = stringsOf(properties['IdentitySource'], `${logicalId}.IdentitySource`);
  return {
    id: name,
    functionName: functionNameOf(asString(properties['AuthorizerUri'], `${logicalId}.AuthorizerUri`)),
    identitySources,
    ttlSeconds: numberOr(properties['AuthorizerResultTtlInSeconds'], identitySources.length > 0 ? 300 : 0, logicalId),
    simpleResponses: properties['EnableSimpleResponses'] === true,
  };
}

/** The function in an ARN or in an invocation URI around one. */
function functionNameOf(uri: string): string {
  const name = /:function:([^/:]+)/.exec(uri)?.[1];
  if (name === undefined) throw new Error(`${uri} is not a Lambda function`);
  return name;
}

function requireValue({ properties, logicalId }: DeployedResource, property: string, values: readonly unknown[]): void {
  if (values.includes(properties[property])) return;
  throw new Error(`${logicalId}: ${property} ${JSON.stringify(properties[property])} is not supported by the twin`);
}

function textValues(values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
