import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dispositions } from '../../../shared/contracts/returns/dispositions.ts';
import { type ReturnState, returnTransitions } from '../../../shared/model/returns/return.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { callFor, onlyReturn, operations, portsOn, returnIn } from '../testing/client.ts';
import { dispositionRules } from './disposition-rules.ts';

const states = Object.keys(returnTransitions) as ReturnState[];
const all = Object.keys(operations) as (keyof typeof operations)[];
const cases = states.flatMap((state) =>
  all.map((operation) => ({ state, operation, to: returnTransitions[state][operation] })),
);
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the transition table', () => {
  it.each(cases.filter(({ to }) => to !== undefined))(
    '$operation takes $state to $to',
    async ({ state, operation, to }) => {
      const store = memoryStore();
      const id = await returnIn(store, state);
      const { version } = onlyReturn(store);
      expect(await operations[operation](portsOn(store), callFor(id))).toMatchObject({ ok: true });
      expect(onlyReturn(store)).toMatchObject({
        state: to,
        version: version + 1,
        events: [{ subject: id, version: version + 1 }],
      });
      expect(violatedIdentities(store)).toEqual([]);
    },
  );

  it.each(cases.filter(({ to, operation }) => to === undefined && !['settle', 'expire'].includes(operation)))(
    '$operation is refused when $state, and nothing is written',
    async ({ state, operation }) => {
      const store = memoryStore();
      const id = await returnIn(store, state);
      const before = onlyReturn(store);
      expect(await operations[operation](portsOn(store), callFor(id))).toMatchObject({
        ok: false,
        refusal: { code: 'state-conflict', facts: { state, allowed: Object.keys(returnTransitions[state]) } },
      });
      expect(onlyReturn(store)).toEqual(before);
    },
  );

  it('is drawn in the README as it is', () => {
    const edges = [...readme.matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(
      ([, from, to, by]) => `${from} ${by} ${to}`,
    );
    const table = states.flatMap((from) =>
      Object.entries(returnTransitions[from]).map(([by, to]) => `${from} ${by} ${to}`),
    );
    expect(edges.sort()).toEqual(table.sort());
  });

  it('has a rule for every disposition, and the README says the same', () => {
    expect(Object.keys(dispositionRules)).toEqual([...dispositions]);
    for (const [name, { cameBack, refunded }] of Object.entries(dispositionRules)) {
      expect(readme).toMatch(
        new RegExp(`\\| \`${name}\` +\\| ${cameBack ? 'yes' : 'no'} .*\\| ${refunded ? 'yes' : 'no'} +\\|`),
      );
    }
  });
});

describe('the process', () => {
  it.each([
    ['RECEIVED', true],
    ['INSPECTED', true],
    ['SETTLED', false],
    ['CANCELLED', false],
    ['EXPIRED', false],
  ] as const)('expiry leaves a %s return as it is (open: %s)', async (state, open) => {
    const store = memoryStore();
    const id = await returnIn(store, state);
    const before = onlyReturn(store);
    expect(await operations.expire(portsOn(store), callFor(id))).toEqual({ ok: true, value: { state, open } });
    expect(onlyReturn(store)).toEqual(before);
  });

  it('settles once', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'SETTLED');
    const before = onlyReturn(store);
    expect(before.events).toMatchObject([{ type: 'ReturnSettled.v1', data: { refundMinor: before.refundMinor } }]);
    expect(await operations.settle(portsOn(store), callFor(id))).toEqual({ ok: true, value: { state: 'SETTLED' } });
    expect(onlyReturn(store)).toEqual(before);
  });

  it.each(['AUTHORIZED', 'RECEIVED', 'CANCELLED', 'EXPIRED'] as const)(
    'breaks when it settles a return that is %s',
    async (state) => {
      const store = memoryStore();
      const id = await returnIn(store, state);
      await expect(operations.settle(portsOn(store), callFor(id))).rejects.toThrow('cannot settle');
    },
  );
});
