import { Arn, Duration, Stack } from 'aws-cdk-lib/core';
import {
  CfnStage,
  HttpApi,
  HttpAuthorizer,
  HttpAuthorizerType,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type House } from '../house.ts';
import { type CrossdockFunction } from './crossdock-function.ts';
import { alarmPeriod, CustomerAlarm } from './customer-alarm.ts';

/** Requests per second that the API takes in all; above it clients get 429. A stage with more traffic raises it here. */
const throttle = { throttlingRateLimit: 1000, throttlingBurstLimit: 2000 };
/** How long API Gateway remembers what the authorizer said of a key: a revoked key works this long at most. */
const authorizerTtl = Duration.minutes(5);

/** What is logged of each call: enough to find it again, nothing of its content. */
const accessLine = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  principal: '$context.authorizer.id',
  ip: '$context.identity.sourceIp',
});

/** The HTTP API: one authorizer, access logs, a limit, alarms, and no route but those of contracts. */
export class FrontDoor extends Construct {
  readonly api: HttpApi;
  readonly authorizer: IHttpRouteAuthorizer;

  constructor(
    scope: Construct,
    id: string,
    { house, authorize, alarms }: { house: House; authorize: CrossdockFunction; alarms: ITopic },
  ) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: house.stage.named('api'), createDefaultStage: false });
    new CfnStage(this, 'Stage', {
      apiId: this.api.apiId,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: throttle,
      accessLogSettings: { destinationArn: this.accessLog(house).logGroupArn, format: accessLine },
    });
    this.authorizer = this.authorizedBy(authorize);
    this.addAlarms(house, alarms, authorize);
  }

  private accessLog({ stage }: House): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/${stage.named('api')}`,
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
  }

  private authorizedBy({ function: lambda }: CrossdockFunction): IHttpRouteAuthorizer {
    const { partition, region } = Stack.of(this);
    const authorizer = new HttpAuthorizer(this, 'Authorizer', {
      httpApi: this.api,
      type: HttpAuthorizerType.LAMBDA,
      authorizerUri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${lambda.functionArn}/invocations`,
      identitySource: ['$request.header.Authorization'],
      enableSimpleResponses: true,
      resultsCacheTtl: authorizerTtl,
    });
    lambda.addPermission('InvokedByApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Arn.format(
        { service: 'execute-api', resource: this.api.apiId, resourceName: `authorizers/${authorizer.authorizerId}` },
        Stack.of(this),
      ),
    });
    return HttpAuthorizer.fromHttpAuthorizerAttributes(this, 'RouteAuthorizer', {
      authorizerId: authorizer.authorizerId,
      authorizerType: 'CUSTOM',
    });
  }

  private addAlarms(house: House, topic: ITopic, authorize: CrossdockFunction): void {
    new CustomerAlarm(this, 'ErrorsAlarm', {
      house,
      topic,
      name: 'api',
      page: 'api-errors',
      errorImpact:
        'Shops, channels and stores get errors: orders and answers of locations do not come in until they repeat them.',
      metric: this.api.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 5,
    });
    new CustomerAlarm(this, 'AuthorizerAlarm', {
      house,
      topic,
      name: 'access-authorize',
      page: 'authorizer-errors',
      errorImpact:
        'Nobody whose key is not remembered gets in: every shop, store and back office is locked out within minutes.',
      metric: authorize.function.metricErrors({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
    });
  }
}
