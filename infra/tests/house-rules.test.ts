import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiContracts, taskContracts } from '../../shared/contracts/catalog.ts';
import { projectRoot } from '../app.ts';
import { kebab } from '../contracts.ts';
import { stageOf } from '../stages.ts';
import { alarmsOf, functionsOf } from './read.ts';
import { synthesize } from './synthesized.ts';

const app = synthesize('dev');
const functions = functionsOf(app);
const routes = new Set(apiContracts.map(({ id, capability }) => `crossdock-dev-${capability}-${kebab(id)}`));
const tasks = new Set(taskContracts.map((task) => `crossdock-dev-${task.capability}-${kebab(task.name)}`));
const retention = new Map(
  app.of('AWS::Logs::LogGroup').map(({ name, properties }) => [name, properties['RetentionInDays']]),
);

describe.each(functions.map((one) => [one.FunctionName, one] as const))('%s', (name, one) => {
  it('runs on arm64 and Node 24, traced, its log kept for a while', () => {
    expect(one).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], TracingConfig: { Mode: 'Active' } });
    expect(one.LoggingConfig.LogGroup).toBe(`/aws/lambda/${name}`);
    expect(retention.get(one.LoggingConfig.LogGroup)).toBe(7);
  });

  it('has a name that fits the longest stage', () => {
    expect(name.replace('-dev-', `-${'x'.repeat(12)}-`).length).toBeLessThanOrEqual(64);
  });

  it('ends before the API (30 s), the process (60 s) or Lambda (15 min) gives it up', () => {
    const most = routes.has(name) ? 29 : tasks.has(name) ? 59 : 900;
    expect(one.Timeout).toBeLessThanOrEqual(most);
  });
});

describe.each(alarmsOf(app).map((alarm) => [alarm.AlarmName, alarm] as const))('the alarm %s', (_name, alarm) => {
  it('says who is hurt, and links a page that is there', () => {
    const [, impact = '', page = ''] =
      /^(.+) What to do: (docs\/operations\/[a-z-]+\.md)$/.exec(alarm.AlarmDescription) ?? [];
    expect(impact.length).toBeGreaterThan(30);
    expect(existsSync(path.join(projectRoot, page))).toBe(true);
  });

  it('tells somebody', () => {
    expect(alarm.AlarmActions).toHaveLength(1);
  });
});

it('keeps every stack well below CloudFormation’s 500 resources', () => {
  for (const { template } of app.stacks) expect(Object.keys(template.Resources).length).toBeLessThan(450);
});

it('refuses stage names that would not fit into physical names', () => {
  for (const name of ['', 'Dev', '1dev', 'dev_1', 'a-stage-too-long']) expect(() => stageOf(name)).toThrow('stage');
  expect(stageOf('prod-eu').isProduction).toBe(true);
});
