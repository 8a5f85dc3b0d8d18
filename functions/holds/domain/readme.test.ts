import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holdTransitions } from '../../../shared/model/stock/hold.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README of holds', () => {
  it('shows the states of a hold as they are', () => {
    const lines = Object.entries(holdTransitions).flatMap(([from, operations]) =>
      Object.entries(operations).map(([operation, to]) => `  ${from} --> ${to}: ${operation}`),
    );
    expect(readme).toContain(['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n'));
  });
});
