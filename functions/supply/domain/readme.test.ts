import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { supplyTransitions } from '../../../shared/model/stock/supply.ts';

it('the README of supply shows the states as they are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const lines = Object.entries(supplyTransitions).flatMap(([from, operations]) =>
    Object.entries(operations).map(([operation, to]) => `  ${from} --> ${to}: ${operation}`),
  );
  expect(readme).toContain(['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n'));
});
