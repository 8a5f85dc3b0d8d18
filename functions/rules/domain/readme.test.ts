import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ruleTransitions } from '../../../shared/model/stock/rule.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the README of rules shows the states of a rule as they are', () => {
  const lines = Object.entries(ruleTransitions).flatMap(([from, operations]) =>
    Object.entries(operations).map(([operation, to]) => `  ${from} --> ${to}: ${operation}`),
  );
  expect(readme).toContain(['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n'));
});
