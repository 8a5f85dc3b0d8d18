import { describe, expect, it } from 'vitest';
import { assumptions } from './assumptions.ts';
import { type Counted, countedFrom, perOrder } from './counted.ts';
import { billedMs, byService, costOf, costOfFunction, totalOf } from './model.ts';
import { prices } from './prices.ts';

const nothing: Counted = {
  calls: [],
  functions: [],
  transitions: {},
  apiRequests: 0,
  deliveries: 0,
  logBytes: 0,
  responseBytes: 0,
};
const deployment = {
  memoryMb: new Map([
    ['orders-capture-order', 512],
    ['orders-record-timeline', 256],
  ]),
  triggers: new Map([
    ['orders-capture-order', 'http'],
    ['orders-record-timeline', 'events'],
  ]),
};
const call = { caller: 'orders-capture-order', calls: 1, items: 1, readUnits: 0, writeUnits: 0 };
const usdOf = (order: Partial<Counted>, what: string) =>
  costOf({ ...nothing, ...order }, deployment).find((one) => one.what === what)?.usdPerMillionOrders;

describe('the bill for a million orders', () => {
  it('is nothing for nothing', () => {
    expect(totalOf(costOf(nothing, deployment))).toBe(0);
  });

  it('prices what an order counts', () => {
    expect(usdOf({ apiRequests: 6 }, 'requests')).toBeCloseTo(6);
    expect(usdOf({ transitions: { order: 4, fulfillment: 1 } }, 'state transitions')).toBeCloseTo(125);
    expect(usdOf({ deliveries: 10 }, 'sends by the bus')).toBeCloseTo(4);
    expect(usdOf({ calls: [{ ...call, operation: 'TransactWriteItems', writeUnits: 16 }] }, 'writes')).toBeCloseTo(10);
    expect(usdOf({ calls: [{ ...call, operation: 'GetItem', readUnits: 8 }] }, 'reads')).toBeCloseTo(1);
    expect(usdOf({ calls: [{ ...call, operation: 'PutEvents', items: 3 }] }, 'events put')).toBeCloseTo(3);
    expect(usdOf({ logBytes: 1024 ** 3 / 1_000_000 }, 'logs')).toBeCloseTo(0.5);
  });

  it('asks a queue twice for each batch, and only for functions that a queue invokes', () => {
    const functions = [
      { name: 'orders-capture-order', invocations: 5, durationMs: 0 },
      { name: 'orders-record-timeline', invocations: 1, durationMs: 0 },
    ];
    expect(usdOf({ functions }, 'receives and deletes')).toBeCloseTo(0.8);
  });

  it('is the sum of its services', () => {
    const lines = costOf({ ...nothing, apiRequests: 2, transitions: { order: 1 } }, deployment);
    expect(byService(lines)[0]).toEqual(['Step Functions', 25]);
    expect(byService(lines).reduce((sum, [, usd]) => sum + usd, 0)).toBeCloseTo(totalOf(lines));
  });
});

describe('time on AWS', () => {
  const one = { name: 'orders-capture-order', invocations: 2, durationMs: 20 };
  const cold = assumptions.coldStartMs / assumptions.invocationsPerColdStart;
  const order = { ...nothing, functions: [one] };

  it('is what it took here with a share of a CPU, and waiting for calls', () => {
    expect(billedMs(one, order, assumptions.memoryOfOneCpuMb)).toBeCloseTo(10 + cold);
    expect(billedMs(one, order, assumptions.memoryOfOneCpuMb / 4)).toBeCloseTo(40 + cold);
    const calls = [{ ...call, operation: 'GetItem', calls: 2 }];
    expect(billedMs(one, { ...order, calls }, assumptions.memoryOfOneCpuMb)).toBeCloseTo(15 + cold);
  });

  it('is CPU time where that is known, shared by what each function took', () => {
    const other = { name: 'orders-record-timeline', invocations: 1, durationMs: 60 };
    const both = { ...nothing, functions: [one, other], cpuMs: 40 };
    expect(billedMs(one, both, assumptions.memoryOfOneCpuMb)).toBeCloseTo(5 + cold);
    expect(billedMs(other, both, assumptions.memoryOfOneCpuMb)).toBeCloseTo(30 + cold);
  });

  it('belongs to the function that took it', () => {
    const writing = { ...order, calls: [{ ...call, operation: 'PutItem', writeUnits: 4 }] };
    const seconds = (one.invocations * billedMs(one, writing, 512)) / 1000;
    const usd = 2 * prices.lambdaRequest.usd + seconds * 0.5 * prices.lambdaGbSecond.usd + 4 * prices.writeUnit.usd;
    expect(costOfFunction(one, writing, deployment)).toBeCloseTo(usd * 1_000_000);
  });
});

describe('counts', () => {
  it('of some orders are divided among them', () => {
    const usage = {
      calls: [{ ...call, caller: 'crossdock-local-orders-capture-order', service: 'DynamoDB', operation: 'GetItem' }],
      invocations: [{ functionName: 'crossdock-local-orders-capture-order', invocations: 4, durationMs: 8 }],
      httpRequests: 4,
      transitions: { 'crossdock-local-order': 8 },
      deliveries: 99,
      cpuMs: null,
    };
    const counted = perOrder(countedFrom(usage, { deliveries: 6, logBytes: 0, responseBytes: 400 }), 2);
    expect(counted).toMatchObject({
      calls: [{ caller: 'orders-capture-order', operation: 'GetItem', calls: 0.5 }],
      functions: [{ name: 'orders-capture-order', invocations: 2, durationMs: 4 }],
      transitions: { order: 4 },
      apiRequests: 2,
      deliveries: 3,
      responseBytes: 200,
    });
  });
});
