import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { identities } from '../../../shared/model/stock/identity.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('says in its README who mends which identity', () => {
  for (const mendedBy of ['counters', 'queue', 'person'] as const) {
    const names = Object.entries(identities).flatMap(([name, facts]) => (facts.mendedBy === mendedBy ? [name] : []));
    expect(readme).toContain(`| ${names.join(', ')} | ${mendedBy} |`);
  }
});
