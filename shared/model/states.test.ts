import { describe, expect, it } from 'vitest';
import { type Transitions, next } from '../kernel/states.ts';
import { fulfillmentTransitions } from './fulfillment/fulfillment-order.ts';
import { noticeTransitions } from './channels/notice.ts';
import { inboxTransitions } from './inbox/inbox.ts';
import { listingTransitions } from './network/listing-state.ts';
import { publicationTransitions } from './network/publication.ts';
import { unitMoves, unitStates } from './orders/units.ts';
import { returnTransitions } from './returns/return.ts';
import { countTransitions } from './stock/count.ts';
import { transferTransitions } from './stock/transfer.ts';

const reachable = (edges: Readonly<Record<string, readonly string[]>>, from: string[]): Set<string> => {
  const seen = new Set(from);
  for (const state of seen) for (const to of edges[state] ?? []) seen.add(to);
  return seen;
};
const edgesOf = (table: Transitions<string, string>) =>
  Object.fromEntries(
    Object.entries(table).map(([state, operations]) => [state, Object.values(operations) as string[]]),
  );

describe.each([
  ['fulfillment order', fulfillmentTransitions, 'ALLOCATED', []],
  ['return', returnTransitions, 'AUTHORIZED', []],
  // A delivery rests there, and may be looked at again when a person says so or its order is refused.
  ['inbox message', inboxTransitions, 'RECEIVED', ['MAPPED', 'IGNORED']],
  ['notice', noticeTransitions, 'PENDING', []],
  ['publication', publicationTransitions, 'DRAFT', ['LIVE', 'HIDDEN', 'REJECTED', 'UNPUBLISHED']],
  ['listing', listingTransitions, 'LISTED', ['LISTED', 'OUT']],
  ['count', countTransitions, 'ASSIGNED', []],
  ['transfer', transferTransitions, 'DISPATCHED', []],
])('the states of a %s', (_what, table, start, rests: readonly string[]) => {
  const edges = edgesOf(table);

  it('lead only to states that exist', () => {
    for (const to of Object.values(edges).flat()) expect(Object.keys(edges)).toContain(to);
  });

  it('are all reachable from the first', () => {
    expect(reachable(edges, [start])).toEqual(new Set(Object.keys(edges)));
  });

  it('all come to rest somewhere', () => {
    const final = [...rests, ...Object.keys(edges).filter((state) => edges[state]?.length === 0)];
    for (const state of Object.keys(edges))
      expect([...reachable(edges, [state])].some((end) => final.includes(end))).toBe(true);
  });
});

describe('the moves of a unit', () => {
  it('lead only to states that exist and reach every state from the two that an order begins with', () => {
    for (const to of Object.values(unitMoves).flat()) expect(unitStates).toContain(to);
    expect(reachable(unitMoves, ['backordered', 'reserved'])).toEqual(new Set(unitStates));
  });
});

describe('a transition', () => {
  it('is refused with what is allowed instead', () => {
    expect(next(fulfillmentTransitions, 'fulfillment order', 'SHIPPED', 'cancel')).toEqual({
      ok: false,
      refusal: {
        code: 'state-conflict',
        detail: 'A fulfillment order that is SHIPPED cannot cancel.',
        facts: { state: 'SHIPPED', allowed: ['deliver'] },
      },
    });
  });
});
