import { type AwsService } from '../aws-service.ts';
import { createEventBridge, type EventBridge } from '../event-bridge/event-bridge.ts';
import { createDynamoDbProxy } from '../iam/dynamodb-proxy.ts';
import { SealedFile } from '../secrets-manager/sealed-file.ts';
import { SecretsManagerService } from '../secrets-manager/secrets-manager-service.ts';
import { createStepFunctions, type StepFunctions } from '../step-functions/step-functions.ts';
import { type Compute } from './compute.ts';
import { createDeliver } from './deliver.ts';
import { type Foundation, ofType } from './foundation.ts';
import { createIntegrations } from './integrations.ts';
import { ruleDefinitionOf } from './rules.ts';
import { type Shutdown } from './shutdown.ts';
import { machineInputOf } from './state-machines.ts';

/** Buses, processes, and all JSON services behind the endpoint. */
export interface Messaging {
  readonly eventBridge: EventBridge;
  readonly stepFunctions: StepFunctions;
  readonly deliver: ReturnType<typeof createDeliver>;
  readonly services: readonly AwsService[];
}

/** Opens buses with their rules and deploys the state machines. Nothing runs before `recover`. */
export function buildMessaging(foundation: Foundation, { pool, events, sqs }: Compute, shutdown: Shutdown): Messaging {
  const { db, account } = foundation;
  const dynamoDb = shutdown.add(createDynamoDbProxy(foundation.dynamoDb.endpoint), (proxy) => proxy.close());
  const services: AwsService[] = [dynamoDb, sqs.service];
  const stepFunctions = createStepFunctions({
    db,
    invoke: (name, payload, signal) => pool.invoke(name, payload, signal),
    integrations: createIntegrations(() => services),
  });
  shutdown.add(stepFunctions, (open) => open.close());
  const deliver = createDeliver({ sqs, events, stepFunctions, outages: foundation.outages });
  const eventBridge = createEventBridge({ db, accountId: account.accountId, region: account.region, deliver });
  shutdown.add(eventBridge, (open) => open.close());
  const secrets = new SecretsManagerService({ file: new SealedFile(foundation.secretsDir), locality: account });
  services.push(stepFunctions.service, eventBridge.service, secrets);
  declare(foundation, eventBridge, stepFunctions);
  return { eventBridge, stepFunctions, deliver, services };
}

function declare({ resources, account }: Foundation, eventBridge: EventBridge, stepFunctions: StepFunctions): void {
  for (const machine of ofType(resources, 'AWS::StepFunctions::StateMachine'))
    stepFunctions.define(machineInputOf(machine));
  for (const { name, arn } of ofType(resources, 'AWS::Events::EventBus')) eventBridge.defineBus({ name, arn });
  for (const rule of ofType(resources, 'AWS::Events::Rule')) {
    if (rule.properties['EventPattern'] !== undefined) eventBridge.defineRule(ruleDefinitionOf(rule, account));
  }
}
