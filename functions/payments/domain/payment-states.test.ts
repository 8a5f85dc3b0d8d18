import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { paymentTransitions, refundTransitions } from './payment-states.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const diagrams = [...readme.matchAll(/```mermaid\nstateDiagram-v2\n([\s\S]*?)```/g)].map(([, body = '']) =>
  body
    .trim()
    .split('\n')
    .map((row) => row.trim())
    .sort(),
);
const rowsOf = (transitions: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>): string[] =>
  Object.entries(transitions)
    .flatMap(([from, operations]) =>
      Object.entries(operations).map(([operation, to]) => `${from} --> ${to ?? ''}: ${operation}`),
    )
    .sort();

describe('the README draws the states as they are', () => {
  test('of a payment', () => expect(diagrams[0]).toEqual(rowsOf(paymentTransitions)));
  test('of a refund', () => expect(diagrams[1]).toEqual(rowsOf(refundTransitions)));
});
