import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../aws-service.ts';
import { fixtureResources, testAccount } from '../testing/account.ts';
import { answeringFunctions } from './answering.ts';
import { mappingDefinitionOf } from './mappings.ts';
import { queueDefinitionOf } from './queues.ts';
import { ruleDefinitionOf } from './rules.ts';
import { scheduleOf, schedulesOfRule } from './schedules.ts';

const resource = (properties: JsonObject) => ({
  stackName: 'Oms',
  logicalId: 'Subject',
  type: 'any',
  name: 'Oms-Subject',
  arn: 'arn:subject',
  properties,
  assetsDir: '',
});

describe('reading resources', () => {
  it('finds the functions that somebody waits for: behind routes, and the authorizer', async () => {
    const names = [...answeringFunctions(await fixtureResources())].map(
      (name) => /^Shop-([A-Z][a-z]+)/.exec(name)?.[1],
    );
    expect(names.sort()).toEqual(['Answer', 'Authorize', 'Create', 'Echo', 'Get', 'Hello', 'Trespass']);
  });

  it('reads an event source mapping', () => {
    const definition = mappingDefinitionOf(
      resource({
        EventSourceArn: 'arn:aws:dynamodb:r:0:table/t/stream/local',
        FunctionName: 'arn:aws:lambda:r:0:function:publish',
        BatchSize: 100,
        MaximumRetryAttempts: 5,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: { Filters: [{ Pattern: '{"a":[1]}' }] },
        DestinationConfig: { OnFailure: { Destination: 'arn:dlq' } },
        StartingPosition: 'LATEST',
      }),
    );
    expect(definition).toEqual({
      id: 'Oms-Subject',
      functionName: 'publish',
      source: { kind: 'dynamodb', arn: 'arn:aws:dynamodb:r:0:table/t/stream/local' },
      batchSize: 100,
      maximumRetryAttempts: 5,
      bisectBatchOnFunctionError: true,
      reportBatchItemFailures: true,
      filters: ['{"a":[1]}'],
      onFailureArn: 'arn:dlq',
      startingPosition: 'LATEST',
    });
  });

  it('leaves out a mapping that is off and refuses other sources', () => {
    expect(mappingDefinitionOf(resource({ Enabled: false }))).toBeUndefined();
    const kinesis = { EventSourceArn: 'arn:aws:kinesis:r:0:stream/x', FunctionName: 'f' };
    expect(() => mappingDefinitionOf(resource(kinesis))).toThrow(/kinesis.* is not supported/);
  });

  it('reads a queue with its dead letters', () => {
    const definition = queueDefinitionOf(
      resource({ VisibilityTimeout: '60', RedrivePolicy: { deadLetterTargetArn: 'd', maxReceiveCount: 3 } }),
    );
    expect(definition).toMatchObject({
      visibilityTimeoutSeconds: 60,
      redrive: { deadLetterArn: 'd', maxReceiveCount: 3 },
    });
  });

  it('reads a rule with a transformer, a retry policy and dead letters', () => {
    const target = {
      Id: 'T',
      Arn: 'arn:q',
      InputTransformer: { InputPathsMap: { a: '$.detail' }, InputTemplate: '<a>' },
      RetryPolicy: { MaximumRetryAttempts: 2 },
      DeadLetterConfig: { Arn: 'arn:d' },
    };
    expect(
      ruleDefinitionOf(
        resource({ EventBusName: 'b', EventPattern: { source: ['x'] }, Targets: [target] }),
        testAccount,
      ),
    ).toMatchObject({
      busArn: 'arn:aws:events:us-east-1:000000000000:event-bus/b',
      state: 'ENABLED',
      targets: [
        {
          id: 'T',
          arn: 'arn:q',
          deadLetterArn: 'arn:d',
          retryPolicy: { maximumRetryAttempts: 2 },
          inputTransformer: { inputTemplate: '<a>' },
        },
      ],
    });
  });

  it('reads scheduled rules and schedules', () => {
    const rule = resource({
      ScheduleExpression: 'rate(1 minute)',
      State: 'DISABLED',
      Targets: [{ Id: 'T', Arn: 'arn:f', Input: '{}' }],
    });
    expect(schedulesOfRule(rule)).toEqual([
      {
        name: 'Oms-Subject/T',
        expression: 'rate(1 minute)',
        targetArn: 'arn:f',
        state: 'DISABLED',
        ruleArn: 'arn:subject',
        input: '{}',
      },
    ]);
    expect(scheduleOf(resource({ ScheduleExpression: 'rate(1 hour)', Target: { Arn: 'arn:f' } }))).toEqual({
      name: 'Oms-Subject',
      expression: 'rate(1 hour)',
      targetArn: 'arn:f',
      state: 'ENABLED',
    });
  });
});
