import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type FulfillmentState, fulfillmentTransitions } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { callFor, operations, portsOn, workIn } from '../testing/client.ts';

const states = Object.keys(fulfillmentTransitions) as FulfillmentState[];
const all = Object.keys(operations) as (keyof typeof operations)[];
const cases = states.flatMap((state) =>
  all.map((operation) => ({ state, operation, to: fulfillmentTransitions[state][operation] })),
);

describe('the transition table', () => {
  it.each(cases.filter(({ to }) => to !== undefined))(
    '$operation takes $state to $to',
    async ({ state, operation, to }) => {
      const store = memoryStore();
      const id = await workIn(store, state);
      const before = await store.get('fulfillmentOrder', { fulfillmentOrderId: id });
      const result = await operations[operation](portsOn(store), callFor(id));
      const after = await store.get('fulfillmentOrder', { fulfillmentOrderId: id });
      expect(result.ok).toBe(true);
      expect(after?.state).toBe(to);
      expect(after?.version).toBe((before?.version ?? 0) + 1);
      expect(after?.events).toHaveLength(1);
      expect(after?.events[0]).toMatchObject({ subject: id, version: after?.version });
      expect(violatedIdentities(store)).toEqual([]);
    },
  );

  it.each(cases.filter(({ to, operation }) => to === undefined && operation !== 'release'))(
    '$operation is refused when $state, and nothing is written',
    async ({ state, operation }) => {
      const store = memoryStore();
      const id = await workIn(store, state);
      const before = store.all('fulfillmentOrder');
      const result = await operations[operation](portsOn(store), callFor(id));
      expect(result).toMatchObject({
        ok: false,
        refusal: { code: 'state-conflict', facts: { state, allowed: Object.keys(fulfillmentTransitions[state]) } },
      });
      expect(store.all('fulfillmentOrder')).toEqual(before);
    },
  );

  it('is drawn in the README as it is', () => {
    const drawn = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const edges = [...drawn.matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(
      ([, from, to, by]) => `${from} ${by} ${to}`,
    );
    const table = states.flatMap((from) =>
      Object.entries(fulfillmentTransitions[from]).map(([by, to]) => `${from} ${by} ${to}`),
    );
    expect(edges.sort()).toEqual(table.sort());
  });
});
