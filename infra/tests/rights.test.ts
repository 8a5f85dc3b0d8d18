import { describe, expect, it } from 'vitest';
import { apiContracts } from '../../shared/contracts/catalog.ts';
import { tableNames } from '../../shared/model/entities.ts';
import { secretsPrefixVariable, tableVariable } from '../../shared/platform/config.ts';
import { kebab } from '../contracts.ts';
import { functionsOf, rightsOf, type DeployedFunction } from './read.ts';
import { synthesize } from './synthesized.ts';

const app = synthesize('dev');
const functions = functionsOf(app);
const isWrite = (action: string): boolean => /^dynamodb:(Put|Update|Delete|BatchWrite|ConditionCheck)/.test(action);
const holders = (action: string): string[] =>
  functions
    .filter(({ rights }) => rights.some((right) => right.action === action))
    .map(({ FunctionName }) => FunctionName.replace('crossdock-dev-', ''))
    .sort();
const tablesNamedIn = ({ rights }: DeployedFunction): Set<string> =>
  new Set(
    rights
      .filter(({ action }) => action.startsWith('dynamodb:') && !/Stream|Shard|GetRecords/.test(action))
      .map(({ resource }) => /table\/crossdock-dev-([a-z]+)/.exec(resource)?.[1] ?? resource),
  );

describe.each(functions.map((one) => [one.FunctionName, one] as const))('%s', (_name, one) => {
  it('is told exactly the tables that it may use', () => {
    const told = tableNames.filter((table) => one.Environment.Variables[tableVariable(table)] !== undefined);
    expect(new Set(told)).toEqual(tablesNamedIn(one));
  });

  it('is told where it publishes and what it starts exactly if it may', () => {
    const may = (action: string): boolean => one.rights.some((right) => right.action === action);
    expect(one.Environment.Variables['EVENT_BUS'] !== undefined).toBe(may('events:PutEvents'));
    expect(one.Environment.Variables['STATE_MACHINE_ARN'] !== undefined).toBe(may('states:StartExecution'));
  });

  it('is told where the secrets of channels are exactly if it may read them', () => {
    const may = one.rights.some(({ action }) => action === 'secretsmanager:GetSecretValue');
    expect(one.Environment.Variables[secretsPrefixVariable]).toBe(may ? 'crossdock-dev/channels' : undefined);
  });

  it("has no wildcard but for X-Ray, which knows no resources, its log, one bucket's objects, channels' secrets", () => {
    const wild = one.rights.filter(({ action, resource }) => action.includes('*') || resource === '*');
    expect(wild.filter(({ action }) => !action.startsWith('xray:Put'))).toEqual([]);
    const open = one.rights.filter(({ resource }) => resource !== '*' && resource.includes('*'));
    const isObjects = ({ action, resource }: (typeof open)[number]): boolean =>
      /^s3:(Get|Put)Object$/.test(action) && /^arn:aws:s3:::[^*/]+\/\*$/.test(resource);
    const isSecrets = ({ action, resource }: (typeof open)[number]): boolean =>
      /^secretsmanager:(GetSecretValue|CreateSecret|PutSecretValue)$/.test(action) &&
      /^arn:aws:secretsmanager:[^*]+:secret:crossdock-dev\/channels\/\*$/.test(resource);
    const isKnown = (right: (typeof open)[number]): boolean => isObjects(right) || isSecrets(right);
    expect(open.filter((right) => !right.action.startsWith('logs:') && !isKnown(right))).toEqual([]);
  });

  it('has a role of its own', () => {
    expect(functions.filter(({ Role }) => Role === one.Role)).toHaveLength(1);
  });
});

it.each(
  apiContracts.filter(({ method }) => method === 'GET').map(({ id, capability }) => [`${capability}-${kebab(id)}`]),
)('%s, a route that reads, writes nothing', (name) => {
  const rights = functions.find(({ FunctionName }) => FunctionName === `crossdock-dev-${name}`)?.rights ?? [];
  expect(rights.filter(({ action }) => isWrite(action))).toEqual([]);
});

it('lets only those scan that say why', () => {
  expect(holders('dynamodb:Scan')).toEqual([
    'audit-audit-nightly',
    'audit-audit-stock',
    'audit-repair-stock',
    'channels-work-lane',
    'network-put-location',
    'rules-preview-stock-rule',
    'rules-walk-stock',
  ]);
});

it('lets only those write secrets that are given them', () => {
  const writers = ['channels-put-channel-credentials', 'channels-put-channel'];
  expect(holders('secretsmanager:PutSecretValue')).toEqual(expect.arrayContaining(writers));
  expect(holders('secretsmanager:CreateSecret')).toEqual(holders('secretsmanager:PutSecretValue'));
  expect(holders('secretsmanager:GetSecretValue').filter((name) => !/^(channels|network)-/.test(name))).toEqual([]);
});

it('lets only streams of committed changes publish, and what follows from them, so that no event is told that did not happen', () => {
  expect(holders('events:PutEvents')).toEqual([
    'channels-publish-inbox-events',
    'network-publish-network-events',
    'orders-publish-order-events',
    'stock-derive-kit-availability',
    'stock-publish-stock-events',
  ]);
});

it('lets a process do nothing but invoke its tasks, log and trace', () => {
  const machineRoles = app.of('AWS::IAM::Role').filter(({ logicalId }) => logicalId.includes('Machine'));
  expect(machineRoles).toHaveLength(3);
  for (const role of machineRoles) {
    for (const { action, resource } of rightsOf(app, role)) {
      expect(action).toMatch(/^(lambda:InvokeFunction|logs:|xray:)/);
      if (action === 'lambda:InvokeFunction') expect(resource).toMatch(/:function:crossdock-dev-[a-z-]+$/);
    }
  }
});
