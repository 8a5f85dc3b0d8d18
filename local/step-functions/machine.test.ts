import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../aws-service.ts';
import { parseMachine } from './machine.ts';
import { validateDefinition } from './validate-definition.ts';

const parse = (definition: JsonObject) => () => parseMachine({ arn: 'arn', name: 'm', definition, roleArn: 'role' });
const machine = (state: JsonObject, more: JsonObject = {}): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'A',
  States: { A: state },
  ...more,
});
const task = (Resource: string): JsonObject => machine({ Type: 'Task', Resource, Arguments: {}, End: true });

describe('definitions', () => {
  it.each<[string, JsonObject, RegExp]>([
    ['JSONPath by name', { StartAt: 'A', States: {} }, /QueryLanguage "JSONPath" is not supported/],
    ['JSONPath in a state', machine({ Type: 'Pass', QueryLanguage: 'JSONPath', End: true }), /QueryLanguage/],
    ['JSONPath fields', machine({ Type: 'Pass', ResultPath: '$', End: true }), /ResultPath/],
    ['unknown states', machine({ Type: 'Loop', End: true }), /Type/],
    [
      'a distributed Map',
      machine({
        Type: 'Map',
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'X', States: {} },
        End: true,
      }),
      /Mode/,
    ],
    ['a missing target', machine({ Type: 'Pass', Next: 'B' }), /leads to no state: B/],
    ['a missing start', machine({ Type: 'Pass', End: true }, { StartAt: 'Z' }), /names no state: Z/],
    ['no way on', machine({ Type: 'Pass' }), /needs either Next or End/],
    ['bad JSONata', machine({ Type: 'Pass', Output: '{% 1 + %}', End: true }), /is no JSONata/],
    ['a Wait without time', machine({ Type: 'Wait', End: true }), /either Seconds or Timestamp/],
  ])('refuses %s', (_, definition, reason) => {
    expect(parse(definition)).toThrow(reason);
  });

  it.each([
    'arn:aws:states:::sns:publish',
    'arn:aws:states:::dynamodb:query',
    'arn:aws:states:::states:startExecution.sync',
    'arn:aws:states:::events:putEvents.waitForTaskToken',
    'arn:aws:states:us-east-1:000000000000:activity:a',
    'nonsense',
  ])('refuses the resource %s by name', (resource) => {
    expect(parse(task(resource))).toThrow(`Resource ${resource} is not supported`);
  });

  it.each([
    'arn:aws:states:::lambda:invoke',
    'arn:aws:states:::lambda:invoke.waitForTaskToken',
    'arn:aws:lambda:eu-west-1:123456789012:function:f:live',
    'arn:aws:states:::states:startExecution',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:::events:putEvents',
    'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    'arn:aws:states:::dynamodb:getItem',
    'arn:aws:states:::aws-sdk:scheduler:createSchedule',
  ])('takes the resource %s, as the validator does', (resource) => {
    expect(parse(task(resource))).not.toThrow();
    expect(validateDefinition(task(resource))).toEqual([]);
  });

  it('agrees with the validator on what is wrong', () => {
    expect(validateDefinition(machine({ Type: 'Pass', Next: 'B' }))).not.toEqual([]);
    expect(validateDefinition(machine({ Type: 'Pass', ResultPath: '$', End: true }))).not.toEqual([]);
  });
});
