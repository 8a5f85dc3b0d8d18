import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChannelOrderChange,
  type ChannelOrderSnapshot,
  channelOrderChange,
  channelOrderSnapshot,
} from '../../contracts/channels/channel-order.ts';
import { type ChannelOrder, compareSnapshots, orderAtChannel, withChange, withSnapshot } from './channel-order.ts';

type Said = Pick<ChannelOrder, 'snapshot' | 'changes'>;
type Message = { readonly snapshot: ChannelOrderSnapshot } | { readonly change: ChannelOrderChange };

const snapshotOf = (over: object = {}): ChannelOrderSnapshot =>
  channelOrderSnapshot.parse({
    asOf: '2026-11-22T09:30:00.000Z',
    order: {
      channelId: 'shopify-us',
      externalId: '5001',
      currency: 'USD',
      shipTo: { country: 'US' },
      lines: [{ sku: 'TEE', quantity: 3, externalLineId: 'l1', unitPrice: { amount: 500, currency: 'USD' } }],
    },
    ...over,
  });
const refundOf = (externalId: string, amount = 500) => ({ externalId, amount: { amount, currency: 'USD' }, lines: [] });
const changeOf = (change: object): ChannelOrderChange => channelOrderChange.parse({ externalId: '5001', ...change });

const put = (said: Said, message: Message): Said =>
  ('snapshot' in message ? withSnapshot(said, message.snapshot) : withChange(said, message.change)) ?? said;
const all = (messages: readonly Message[]): Said => messages.reduce(put, { changes: {} });

const asOf = fc.constantFrom('2026-11-22T09:30:00.000Z', '2026-11-22T09:31:00.000Z', '2026-11-22T09:32:00.000Z');
const cancelled = fc.integer({ min: 1, max: 3 }).map((quantity) => [{ externalLineId: 'l1', quantity }]);
const snapshot = fc
  .record({
    asOf,
    state: fc.constantFrom('pending', 'open', 'cancelled', 'closed'),
    cancelled: fc.option(cancelled, { nil: [] }),
    refunds: fc.subarray(['r1', 'r2']).map((ids) => ids.map((id) => refundOf(id))),
  })
  .map((over): Message => ({ snapshot: snapshotOf(over) }));
const change = fc
  .oneof(
    fc.record({ kind: fc.constant('cancel'), changeId: fc.constantFrom('c1', 'c2'), lines: cancelled }),
    fc.record({ kind: fc.constant('cancel'), changeId: fc.constant('c3') }),
    fc.record({ kind: fc.constant('cancel-request'), changeId: fc.constantFrom('q1', 'q2') }),
    fc.record({ kind: fc.constant('refund'), changeId: fc.constant('x1'), refund: fc.constant(refundOf('r2')) }),
    fc.record({ kind: fc.constant('refund'), changeId: fc.constant('x2'), refund: fc.constant(refundOf('r3')) }),
  )
  .map((one): Message => ({ change: changeOf(one) }));

/** Messages of one channel: what has one id says one thing. */
const messages = fc.array(fc.oneof(snapshot, change), { maxLength: 12 }).map((list) => {
  const seen = new Map<string, Message>();
  return list.map((message) => {
    if ('snapshot' in message) return message;
    const { changeId } = message.change;
    const first = seen.get(changeId) ?? message;
    seen.set(changeId, first);
    return first;
  });
});

describe('what a channel has said of an order', () => {
  it('is the same whatever order its messages came in, and however often each', () => {
    fc.assert(
      fc.property(
        messages.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length }),
            fc.array(fc.nat({ max: 30 }), { maxLength: 10 }),
          ),
        ),
        ([list, shuffled, repeats]) => {
          const again = repeats.flatMap((index) => shuffled[index % Math.max(1, shuffled.length)] ?? []);
          expect(all([...shuffled, ...again])).toEqual(all(list));
          expect(orderAtChannel(all([...again, ...shuffled]))).toEqual(orderAtChannel(all(list)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('orders snapshots the same way from both sides', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (a, b) => {
        if (!('snapshot' in a) || !('snapshot' in b)) return;
        const [ab, ba] = [compareSnapshots(a.snapshot, b.snapshot), compareSnapshots(b.snapshot, a.snapshot)];
        expect(Math.sign(ab)).toBe(-Math.sign(ba) + 0);
      }),
    );
  });

  it('is nothing to work on while only changes of it are known', () => {
    const said = all([{ change: changeOf({ kind: 'cancel', changeId: 'c' }) }]);
    expect(orderAtChannel(said)).toBeUndefined();
    expect(orderAtChannel(put(said, { snapshot: snapshotOf() }))).toMatchObject({ isCancelled: true });
  });

  it('counts a cancellation once that a snapshot and a change both tell', () => {
    const lines = [{ externalLineId: 'l1', quantity: 2 }];
    const said = all([
      { change: changeOf({ kind: 'cancel', changeId: 'c', lines, reason: 'out of stock' }) },
      { snapshot: snapshotOf({ cancelled: lines }) },
    ]);
    expect(orderAtChannel(said)).toMatchObject({ cancelled: new Map([['l1', 2]]), reason: 'out of stock' });
  });

  it('takes the one that is further of two snapshots of one moment: the paid one, and the one that is not held', () => {
    const unpaid = { holds: [{ reason: 'payment pending' }] };
    const paid = { payments: [{ provider: 'recorded', amount: { amount: 1500, currency: 'USD' } }] };
    for (const [less, more] of [
      [{}, paid],
      [unpaid, {}],
      [unpaid, paid],
    ] as const) {
      const [a, b] = [less, more].map((order) => ({ ...snapshotOf(), order: { ...snapshotOf().order, ...order } }));
      if (a === undefined || b === undefined) throw new Error('two snapshots');
      const snapshots = [a, b].map((one) => channelOrderSnapshot.parse(one));
      for (const order of [snapshots, snapshots.toReversed()])
        expect(all(order.map((one) => ({ snapshot: one }))).snapshot).toEqual(channelOrderSnapshot.parse(b));
    }
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'knows a change by its id even where it is called %s',
    (changeId) => {
      const said = all([{ snapshot: snapshotOf() }, { change: changeOf({ kind: 'cancel', changeId }) }]);
      expect(orderAtChannel(said)).toMatchObject({ isCancelled: true });
      expect(withChange(said, changeOf({ kind: 'cancel', changeId }))).toBeUndefined();
    },
  );

  it('takes units that are cancelled by SKU from the lines of that SKU, each once, and keeps a name that is none', () => {
    const [line] = snapshotOf().order.lines;
    const order = { ...snapshotOf().order, lines: [line, { ...line, externalLineId: 'l2', quantity: 2 }] };
    const cancelOf = (changeId: string, externalLineId: string, quantity: number) => ({
      change: changeOf({ kind: 'cancel', changeId, lines: [{ externalLineId, quantity }] }),
    });
    const cancels = [cancelOf('a', 'TEE', 2), cancelOf('b', 'l1', 2), cancelOf('c', 'gone', 1)];
    const said = all([{ snapshot: snapshotOf({ order }) }, ...cancels]);
    expect(orderAtChannel(said)?.cancelled).toEqual(
      new Map([
        ['l1', 3],
        ['gone', 1],
        ['l2', 1],
      ]),
    );
    expect(orderAtChannel(all([...cancels, { snapshot: snapshotOf({ order }) }]))).toEqual(orderAtChannel(said));
  });

  it('counts units as cancelled that were refunded as never having left, once with what is told of them besides', () => {
    const never = (externalId: string) => ({
      ...refundOf(externalId),
      lines: [{ externalLineId: 'l1', quantity: 1, restock: 'cancel' }],
    });
    const refunded = all([{ snapshot: snapshotOf({ refunds: [never('r1'), never('r2')] }) }]);
    expect(orderAtChannel(refunded)?.cancelled).toEqual(new Map([['l1', 2]]));
    const change = changeOf({ kind: 'refund', changeId: 'x', refund: never('r1') });
    const lines = [{ externalLineId: 'l1', quantity: 2 }];
    const told = all([{ snapshot: snapshotOf({ refunds: [never('r1')], cancelled: lines }) }, { change }]);
    expect(orderAtChannel(told)?.cancelled).toEqual(new Map([['l1', 2]]));
  });

  it('counts a refund once, by its id', () => {
    const said = all([
      { snapshot: snapshotOf({ refunds: [refundOf('r1')] }) },
      { change: changeOf({ kind: 'refund', changeId: 'x', refund: refundOf('r1') }) },
      { change: changeOf({ kind: 'refund', changeId: 'y', refund: refundOf('r2', 700) }) },
    ]);
    expect(orderAtChannel(said)?.refunds.map(({ externalId, amount }) => [externalId, amount.amount])).toEqual([
      ['r1', 500],
      ['r2', 700],
    ]);
  });
});
