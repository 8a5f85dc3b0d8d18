import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import readRules from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../app.ts';

/** One import for each rule that must be refused, and some that must not. */
const planted: Readonly<Record<string, string>> = {
  'functions/a/domain/own.ts': "import { money } from '../../../shared/kernel/money.ts';\nexport const own = money;",
  'functions/a/domain/other.ts': "import { type B } from '../../b/domain/thing.ts';\nexport type Other = B;",
  'functions/a/domain/sdk.ts':
    "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nexport const client = DynamoDBClient;",
  'functions/a/domain/adapter.ts': "import { table } from '../adapters/table.ts';\nexport const use = table;",
  'functions/a/adapters/table.ts': "import { x } from '../../../infra/x.ts';\nexport const table = x;",
  'functions/a/adapters/table.test.ts':
    "import { helper } from '../../../tests/helper.ts';\nexport const test = helper;",
  'functions/b/domain/thing.ts': 'export interface B { readonly b: string }',
  'functions/b/domain/ring.ts': "import { type Back } from './back.ts';\nexport type Ring = Back;",
  'functions/b/domain/back.ts': "import { type Ring } from './ring.ts';\nexport type Back = Ring[];",
  'functions/b/domain/lost.ts': "import { gone } from './gone.ts';\nexport const lost = gone;",
  'shared/kernel/money.ts': "import { y } from '../model/order.ts';\nexport const money = y;",
  'shared/model/order.ts': "import { z } from '../platform/client.ts';\nexport const y = z;",
  'shared/platform/client.ts': "import { own } from '../../functions/a/domain/own.ts';\nexport const z = own;",
  'shared/contracts/event.ts': "import { y } from '../model/order.ts';\nexport const event = y;",
  'infra/x.ts': "import { twin } from '../local/twin.ts';\nexport const x = twin;",
  'local/twin.ts': "import * as x from '../infra/x.ts';\nexport const twin = x;",
  'console/page.ts': "import { y } from '../shared/model/order.ts';\nexport const page = y;",
  'tests/helper.ts': 'export const helper = 1;',
};

let folder = '';
const found = new Map<string, string[]>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'crossdock-imports-'));
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${text}\n`);
  }
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(folder, 'node_modules'));
  const { forbidden, options } = await readRules(path.join(projectRoot, '.dependency-cruiser.js'));
  const { tsConfig: _own, ...others } = options ?? {};
  const { output } = await cruise(['functions', 'shared', 'infra', 'local', 'console'], {
    ...others,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: forbidden ?? [] },
  });
  for (const { rule, from } of (output as ICruiseResult).summary.violations) {
    found.set(rule.name, [...(found.get(rule.name) ?? []), from]);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['no-unresolved', 'functions/b/domain/lost.ts'],
  ['capabilities-apart', 'functions/a/domain/other.ts'],
  ['business-knows-no-host', 'functions/a/adapters/table.ts'],
  ['infra-reads-contracts', 'infra/x.ts'],
  ['shared-knows-no-capability', 'shared/platform/client.ts'],
  ['model-knows-no-platform', 'shared/model/order.ts'],
  ['kernel-rests-on-nothing', 'shared/kernel/money.ts'],
  ['contracts-are-published', 'shared/contracts/event.ts'],
  ['console-sees-contracts-only', 'console/page.ts'],
])('%s refuses %s and nothing else', (rule, file) => {
  expect(found.get(rule)).toEqual([file]);
});

it('domain-is-pure refuses the SDK and adapters', () => {
  expect(new Set(found.get('domain-is-pure'))).toEqual(
    new Set(['functions/a/domain/sdk.ts', 'functions/a/domain/adapter.ts']),
  );
});

it('no-cycles sees a ring of types too', () => {
  expect(found.get('no-cycles')).toEqual(expect.arrayContaining(['functions/b/domain/back.ts']));
});
