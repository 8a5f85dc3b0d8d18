import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { tableNames } from '../../shared/model/entities.ts';
import { tableShapes } from '../../shared/model/tables.ts';
import { buildApp } from '../app.ts';
import { synthesize } from './synthesized.ts';

const table = z.object({
  TableName: z.string(),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  DeletionProtectionEnabled: z.boolean(),
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
  StreamSpecification: z.object({ StreamViewType: z.literal('NEW_AND_OLD_IMAGES') }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.literal('ttl') }).optional(),
  GlobalSecondaryIndexes: z
    .array(
      z.object({ IndexName: z.literal('listing'), Projection: z.object({ ProjectionType: z.literal('KEYS_ONLY') }) }),
    )
    .optional(),
});
const protections = {
  DeletionProtectionEnabled: true,
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
};

describe('production', () => {
  const app = synthesize('prod-eu');

  it('keeps its tables whatever happens to the stack', () => {
    const tables = app.of('AWS::DynamoDB::Table');
    expect(tables).toHaveLength(tableNames.length);
    for (const { properties } of tables) expect(table.parse(properties)).toMatchObject(protections);
    const raw = app.stacks
      .flatMap(({ template }) => Object.values(template.Resources))
      .filter(({ Type }) => Type === 'AWS::DynamoDB::Table');
    for (const one of raw) expect(one).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('keeps logs for three months', () => {
    for (const { properties } of app.of('AWS::Logs::LogGroup')) expect(properties['RetentionInDays']).toBe(90);
  });

  it('is not deployed without the gateway’s secret', () => {
    const parameters = app.stacks.flatMap(({ template }) => Object.entries(template.Parameters ?? {}));
    const secret = Object.fromEntries(parameters)['PaymentGatewaySecret'];
    expect(secret).toMatchObject({ NoEcho: true });
    expect(secret).not.toHaveProperty('Default');
  });

  it('is protected from deletion, but for what can be made anew', () => {
    const stacks = buildApp({ stage: 'prod-eu', code: () => Code.fromInline('export const handler = 0;') })
      .synth()
      .stacks.map(({ stackName, terminationProtection }) => [stackName, terminationProtection]);
    expect(Object.fromEntries(stacks)).toEqual({
      'crossdock-prod-eu-data': true,
      'crossdock-prod-eu-platform': true,
      'crossdock-prod-eu-capabilities': false,
      'crossdock-prod-eu-channels': false,
      'crossdock-prod-eu-stock': false,
      'crossdock-prod-eu-books': false,
      'crossdock-prod-eu-workflows': true,
    });
  });
});

describe('other stages', () => {
  const app = synthesize('dev');

  it('leave nothing behind', () => {
    for (const { template } of app.stacks) {
      for (const one of Object.values(template.Resources)) expect(one).not.toHaveProperty('DeletionPolicy', 'Retain');
    }
  });

  it.each(tableNames)('have the table %s in the shape that the model states', (name) => {
    const shape = tableShapes[name];
    const found = table.parse(
      app.of('AWS::DynamoDB::Table').find((one) => one.name === `crossdock-dev-${name}`)?.properties,
    );
    expect(found.StreamSpecification !== undefined).toBe(shape.stream);
    expect(found.TimeToLiveSpecification !== undefined).toBe(shape.expires);
    expect(found.GlobalSecondaryIndexes !== undefined).toBe(shape.listing);
    expect(found.DeletionProtectionEnabled).toBe(false);
  });
});
