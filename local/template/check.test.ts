import { describe, expect, it } from 'vitest';
import { fixtureResources, testAccount } from '../testing/account.ts';
import { supportedResources } from './check.ts';
import { type CfnTemplate } from './cloudformation.ts';
import { resolveApp } from './resolver.ts';

const checked = (Resources: CfnTemplate['Resources']) =>
  supportedResources(resolveApp([{ stackName: 'Oms', template: { Resources }, assetsDir: '' }], testAccount).resources);

describe('the closed table of resource types', () => {
  it('refuses an unknown type with its name and logical id', () => {
    expect(() => checked({ Search: { Type: 'AWS::OpenSearchService::Domain' } })).toThrow(
      'Oms/Search: resource type AWS::OpenSearchService::Domain',
    );
  });

  it('refuses unknown properties, also inside others, all at once', () => {
    const queue = { Type: 'AWS::SQS::Queue', Properties: { Colour: 1, RedrivePolicy: { sometimes: true } } };
    expect(() => checked({ Queue: queue })).toThrow(
      /Oms\/Queue .* property Colour[^]*property RedrivePolicy.sometimes/,
    );
  });

  it('leaves out what means nothing here', () => {
    const ignored = ['AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::CDK::Metadata', 'AWS::CloudWatch::Alarm'];
    expect(checked(Object.fromEntries(ignored.map((Type, index) => [`R${index}`, { Type }])))).toEqual([]);
  });

  it('takes a real app as CDK synthesizes it', async () => {
    const types = new Set(supportedResources(await fixtureResources()).map(({ type }) => type));
    expect([...types]).toContain('AWS::StepFunctions::StateMachine');
  });
});
