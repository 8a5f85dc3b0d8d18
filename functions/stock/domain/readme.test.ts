import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Transitions } from '../../../shared/kernel/states.ts';
import { countTransitions } from '../../../shared/model/stock/count.ts';
import { transferTransitions } from '../../../shared/model/stock/transfer.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe.each([
  ['a count', countTransitions],
  ['a transfer', transferTransitions],
])('the README of stock draws %s', (_what, table: Transitions<string, string>) => {
  it('as its transitions are', () => {
    const edges = Object.entries(table).flatMap(([from, operations]) =>
      Object.entries(operations).map(([operation, to]) => `  ${from} --> ${to}: ${operation}`),
    );
    expect(readme).toContain(['```mermaid', 'stateDiagram-v2', ...edges, '```'].join('\n'));
  });
});
