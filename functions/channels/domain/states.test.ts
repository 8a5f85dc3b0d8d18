import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inboxTransitions } from '../../../shared/model/inbox/inbox.ts';

it('the README draws the states of a delivery as they are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, diagram = ''] = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(readme) ?? [];
  const drawn = diagram
    .trim()
    .split('\n')
    .map((row) => row.trim());
  const known = Object.entries(inboxTransitions).flatMap(([from, operations]) =>
    Object.entries(operations).map(([operation, to]) => `${from} --> ${to}: ${operation}`),
  );
  expect(drawn.sort()).toEqual(known.sort());
});
