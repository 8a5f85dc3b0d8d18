import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import { CrossdockFunction } from '../constructs/crossdock-function.ts';
import { FrontDoor } from '../constructs/front-door.ts';
import { type FileStore } from '../constructs/file-store.ts';
import { type Foundation, type Tables } from '../foundation.ts';
import { type House } from '../house.ts';

/** What every capability stands on: the bus, the API with its authorizer, and where alarms go. */
export class PlatformStack extends Stack {
  readonly foundation: Foundation;

  constructor(
    scope: Construct,
    house: House,
    { tables, files }: { readonly tables: Tables; readonly files: FileStore },
  ) {
    super(scope, 'platform', {
      stackName: house.stage.named('platform'),
      description: 'Crossdock: the bus, the HTTP API and the alarm topic.',
      terminationProtection: house.stage.isProduction,
    });
    const bus = new EventBus(this, 'Bus', { eventBusName: house.stage.named('bus') });
    const alarms = this.alarmTopic(house);
    const authorize = new CrossdockFunction(this, 'authorize', {
      house,
      capability: 'access',
      trigger: 'invoked',
      name: 'authorize',
      description: 'Says who calls the API: a key by its hash, a token by its signature.',
    }).use(tables.network, 'read');
    const { api, authorizer } = new FrontDoor(this, 'FrontDoor', { house, authorize, alarms });
    this.foundation = { ...house, tables, files, bus, api, authorizer, alarms };
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topicArn, description: 'Subscribe those on call here.' });
  }

  /** Its own policy replaces the account's default one, so CloudWatch has to be let in by name. */
  private alarmTopic({ stage }: House): Topic {
    const topic = new Topic(this, 'Alarms', { topicName: stage.named('alarms'), enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    return topic;
  }
}
