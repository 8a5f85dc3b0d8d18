import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { snapshotTransitions } from '../../../shared/model/stock/snapshot.ts';
import { driftCauses } from '../../../shared/contracts/snapshots/drift-causes.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README of snapshots', () => {
  it('shows the states as they are', () => {
    const lines = Object.entries(snapshotTransitions).flatMap(([from, operations]) =>
      Object.entries(operations).map(([operation, to]) => `  ${from} --> ${to}: ${operation}`),
    );
    expect(readme).toContain(['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n'));
  });

  it('names every cause', () => {
    for (const cause of driftCauses) expect(readme).toContain(cause);
  });
});
