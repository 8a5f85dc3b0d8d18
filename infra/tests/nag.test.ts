import { Stack, Validations } from 'aws-cdk-lib/core';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type IConstruct } from 'constructs';
import { expect, it } from 'vitest';
import { buildApp } from '../app.ts';

const code = () => Code.fromInline('export const handler = () => undefined;');
const findingsOf = (app: ReturnType<typeof buildApp>) =>
  new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.map(({ ruleName, violatingResources }) => [
      ruleName,
      violatingResources.map((one) => one.resourceLogicalId),
    ]);

it.each(['dev', 'prod'])('has no finding in %s that nobody accepted with a reason', (stage) => {
  expect(findingsOf(buildApp({ stage, code }))).toEqual([]);
});

it('would see one', () => {
  const app = buildApp({ stage: 'dev', code });
  new Queue(new Stack(app, 'planted'), 'Bare');
  expect(findingsOf(app).map(([rule]) => rule)).toEqual(
    expect.arrayContaining(['AwsSolutions-SQS3', 'AwsSolutions-SQS4']),
  );
});

it('accepts findings where they are, never for the whole app or a stack', () => {
  const app = buildApp({ stage: 'dev', code });
  const accepted = (scope: IConstruct) =>
    scope.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  expect([app, ...app.node.children].flatMap(accepted)).toEqual([]);
  expect(app.node.findAll().flatMap(accepted).length).toBeGreaterThan(0);
});
