import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { apiContracts } from '../../shared/contracts/catalog.ts';
import { quarantineCodes } from '../../shared/model/inbox/inbox.ts';

const [, section = ''] = readFileSync(new URL('../../docs/channels.md', import.meta.url), 'utf8').split(
  '\n## Quarantine\n',
);

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
