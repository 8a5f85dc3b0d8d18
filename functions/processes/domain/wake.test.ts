import { describe, expect, it } from 'vitest';
import { type Order, moveLines } from '../../../shared/model/orders/order.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { type ProcessPorts } from '../ports.ts';
import { wakeProcesses, wakeUp } from './wake.ts';

const wait = { taskToken: 'token', until: 'settlement' };
const routed = (order: Order): Order => ({
  ...order,
  lines: moveLines(order, [{ lineId: '1', quantity: 1 }], 'reserved', 'allocated'),
});
const rejected = (order: Order): Order => ({
  ...order,
  lines: moveLines(order, [{ lineId: '1', quantity: 1 }], 'allocated', 'reserved'),
});
const delivered = (order: Order): Order => {
  const shipped = moveLines(order, [{ lineId: '1', quantity: 1 }], 'allocated', 'shipped');
  return {
    ...order,
    lines: moveLines({ ...order, lines: shipped }, [{ lineId: '1', quantity: 1 }], 'shipped', 'delivered'),
  };
};

describe('waking a process', () => {
  const allocated = routed(anOrder());
  const waiting: Order = { ...allocated, wait };

  it('says nothing while what is waited for is not so', () => {
    expect(wakeUp({ sk: 'ORDER', before: allocated, after: waiting })).toBeUndefined();
    expect(wakeUp({ sk: 'ORDER', before: allocated, after: allocated })).toBeUndefined();
  });

  it('answers when the answer comes after the wait', () => {
    expect(wakeUp({ sk: 'ORDER', before: waiting, after: delivered(waiting) })).toEqual({
      taskToken: 'token',
      answer: { kind: 'success', output: { status: 'COMPLETED' } },
    });
    expect(wakeUp({ sk: 'ORDER', before: waiting, after: rejected(waiting) })).toMatchObject({
      answer: { kind: 'failure', error: 'routing-needed' },
    });
  });

  it('answers when the answer was there before the wait', () => {
    const done = delivered(allocated);
    expect(wakeUp({ sk: 'ORDER', before: done, after: { ...done, wait } })).toMatchObject({
      answer: { kind: 'success' },
    });
  });

  it('tells the same only once, unless the process waits anew', () => {
    const done = { ...delivered(allocated), wait };
    expect(
      wakeUp({ sk: 'ORDER', before: done, after: { ...done, updatedAt: '2026-11-23T00:00:00.000Z' } }),
    ).toBeUndefined();
    expect(
      wakeUp({ sk: 'ORDER', before: done, after: { ...done, wait: { ...wait, taskToken: 'next' } } }),
    ).toMatchObject({ taskToken: 'next' });
  });

  it('has an order routed again when goods have come for it, whichever came first, goods or the wait', () => {
    const unrouted = { skus: ['TEE'], since: '2026-11-22T12:00:00.000Z' };
    const asleep: Order = { ...anOrder(), unrouted, wait: { taskToken: 'token', until: 'supply' } };
    const woken: Order = { ...asleep, unrouted: { ...unrouted, wokenAt: '2026-11-22T12:01:00.000Z' } };
    const { wait: _wait, ...unheard } = woken;
    const told = { taskToken: 'token', answer: { kind: 'success', output: {} } };
    expect(wakeUp({ sk: 'ORDER', before: anOrder(), after: asleep })).toBeUndefined();
    expect(wakeUp({ sk: 'ORDER', before: asleep, after: woken })).toEqual(told);
    expect(wakeUp({ sk: 'ORDER', before: unheard, after: woken })).toEqual(told);
    expect(wakeUp({ sk: 'ORDER', before: woken, after: { ...woken, version: 9 } })).toBeUndefined();
  });

  it('takes money only once nothing can change it any more', () => {
    const unpaid: Order = {
      ...waiting,
      payments: [
        {
          paymentId: 'pay_1',
          provider: 'gateway',
          state: 'authorized',
          amount: { amount: 1000, currency: 'USD' },
          capturedMinor: 0,
          refundedMinor: 0,
        },
      ],
    };
    expect(wakeUp({ sk: 'ORDER', before: allocated, after: unpaid })).toBeUndefined();
    expect(wakeUp({ sk: 'ORDER', before: unpaid, after: delivered(unpaid) })).toMatchObject({
      answer: { error: 'capture-due' },
    });
  });

  it('sends what it says, and fails as a whole when one cannot be told, so that the stream brings the batch again', async () => {
    const told: string[] = [];
    const tell = (kind: string) => (token: string) => Promise.resolve(void told.push(`${kind} ${token}`));
    const ports: ProcessPorts = {
      start: () => Promise.resolve(),
      succeed: tell('success'),
      fail: tell('failure'),
      heartbeat: tell('heartbeat'),
    };
    const change = { sk: 'ORDER', before: waiting, after: delivered(waiting) };
    await wakeProcesses(ports)([change, { sk: 'ORDER', before: waiting, after: rejected(waiting) }]);
    expect(told).toEqual(['success token', 'failure token']);
    await expect(
      wakeProcesses({ ...ports, succeed: () => Promise.reject(new Error('throttled')) })([change]),
    ).rejects.toThrow('throttled');
  });
});
