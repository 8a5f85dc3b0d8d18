import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { connectors } from '../../functions/channels/connectors/index.ts';
import { apiContracts } from '../../shared/contracts/catalog.ts';
import { noticeKinds } from '../../shared/contracts/channels/notice.ts';
import { noticeTransitions } from '../../shared/model/channels/notice.ts';
import { quarantineCodes } from '../../shared/model/inbox/inbox.ts';

const guide = readFileSync(new URL('../../docs/channels.md', import.meta.url), 'utf8');
const [, section = ''] = guide.split('\n## Quarantine\n');

it('docs/channels.md has every code of the quarantine with what it means and its remedy', () => {
  const [, table = ''] = section.split('### Codes\n');
  const rows = [...(table.split('\n### ')[0] ?? '').matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \|$/gm)];
  expect(rows.map(([, code]) => code).sort()).toEqual([...quarantineCodes].sort());
});

it('and names only routes that there are', () => {
  const known = new Set(apiContracts.map(({ method, path }) => `${method} ${path}`));
  const named = [...section.matchAll(/`(GET|PUT|POST) (\/v1\/[^`?\s]+)/g)].map(
    ([, method, path]) => `${method} ${path}`,
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((route) => !known.has(route))).toEqual([]);
});

it('docs/channels.md says of each type what it is told of its orders, as its connector has it', () => {
  const [, told = ''] = guide.split('\n## What a channel is told of its orders\n');
  const [, table = ''] = told.split(`| type | ${noticeKinds.join(' | ')} |\n|---|---|---|---|---|---|---|\n`);
  const rows = Object.entries(connectors).map(
    ([type, { tell = {} }]) =>
      `| \`${type}\` | ${noticeKinds.map((kind) => (tell[kind] === undefined ? '—' : 'yes')).join(' | ')} |`,
  );
  expect(table.split('\n\n', 1)).toEqual([rows.join('\n')]);
});

it('the README of channels shows the states of a notice as they are', () => {
  const readme = readFileSync(new URL('../../functions/channels/README.md', import.meta.url), 'utf8');
  const lines = Object.entries(noticeTransitions).flatMap(([from, operations]) =>
    Object.entries(operations).map(([operation, to]) => `  ${from} --> ${to}: ${operation}`),
  );
  expect(readme).toContain(['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n'));
});
