import { httpApiConfigOf } from '../api-gateway/config.ts';
import { type DeployedResource } from '../template/cloudformation.ts';

/** Names of the functions whose answer an HTTP client waits for: what the routes of the API integrate, and their authorizers. */
export function answeringFunctions(resources: readonly DeployedResource[]): Set<string> {
  const { routes } = httpApiConfigOf(resources) ?? { routes: [] };
  return new Set(
    routes.flatMap(({ functionName, authorizer }) => [functionName, ...(authorizer ? [authorizer.functionName] : [])]),
  );
}
