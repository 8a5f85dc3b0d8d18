import { HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type Construct } from 'constructs';
import { type ApiContract } from '../../shared/contracts/define-api.ts';
import { kebab } from '../contracts.ts';
import { type Foundation } from '../foundation.ts';
import { acknowledge } from './acknowledge.ts';
import { CrossdockFunction, type FunctionSize } from './crossdock-function.ts';

/** The function behind one route, wired by its contract: method, path, who may call. A POST keeps its once-only record by itself. */
export class ApiFunction extends CrossdockFunction {
  constructor(scope: Construct, foundation: Foundation, contract: ApiContract, size: FunctionSize = {}) {
    super(scope, contract.id, {
      house: foundation,
      capability: contract.capability,
      trigger: 'http',
      name: kebab(contract.id),
      description: contract.summary,
      ...size,
    });
    const isPublic = contract.scope === 'public';
    if (contract.method === 'POST' && !isPublic) this.use(foundation.tables.idempotency, 'readWrite');
    const route = new HttpRoute(this, 'Route', {
      httpApi: foundation.api,
      routeKey: HttpRouteKey.with(contract.path, HttpMethod[contract.method]),
      integration: new HttpLambdaIntegration('Integration', this.function),
      authorizer: isPublic ? new HttpNoneAuthorizer() : foundation.authorizer,
    });
    if (isPublic) acknowledge(route, { id: 'AwsSolutions-APIG4', reason: `Public by contract: ${contract.summary}` });
  }
}
