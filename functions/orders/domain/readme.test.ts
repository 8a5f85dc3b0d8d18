import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { statusRules } from '../../../shared/model/orders/status.ts';
import { unitMoves } from '../../../shared/model/orders/units.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README of orders', () => {
  it('shows the moves of a unit as they are', () => {
    const lines = Object.entries(unitMoves).flatMap(([from, moves]) => moves.map((to) => `  ${from} --> ${to}`));
    expect(readme).toContain(['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n'));
  });

  it('shows the rules of a status as they are', () => {
    const rows = statusRules.map(({ status, when }) => `| ${status} | ${when} |`);
    expect(readme).toContain(rows.join('\n'));
  });
});
