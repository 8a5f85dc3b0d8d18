import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Result } from '../../../shared/kernel/result.ts';
import { replace } from '../../../shared/model/changes.ts';
import { payableMinor } from '../../../shared/model/orders/money.ts';
import { type Order, type OrderLine, type Payment } from '../../../shared/model/orders/order.ts';
import { noUnits } from '../../../shared/model/orders/units.ts';
import { type PaymentsPorts } from '../ports.ts';
import { byChannel, byGateway, call, line, orderOf, returnOf } from '../testing/orders.ts';
import { type World, around, worldOf } from '../testing/world.ts';
import { capturePayment } from './capture-payment.ts';
import { refundReturn } from './refund-return.ts';
import { securePayment } from './secure-payment.ts';

interface Plan {
  readonly lines: readonly OrderLine[];
  readonly cancelled: readonly number[];
  readonly payments: readonly Payment[];
  readonly returns: readonly number[];
}

const plan: fc.Arbitrary<Plan> = fc
  .record({
    lines: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 4 }),
        price: fc.integer({ min: 1, max: 9999 }),
        cancelled: fc.nat(4),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    cuts: fc.array(fc.record({ at: fc.nat(), kind: fc.constantFrom('gateway', 'gateway', 'declined', 'recorded') }), {
      minLength: 1,
      maxLength: 3,
    }),
    returns: fc.array(fc.nat(30_000), { minLength: 1, maxLength: 3 }),
  })
  .map(({ lines, cuts, returns }) => {
    const made = lines.map(({ quantity, price }, index) => line(String(index + 1), price, { reserved: quantity }));
    const total = orderOf(made, []).totalMinor;
    const stops = [
      ...cuts
        .slice(1)
        .map(({ at }) => at % (total + 1))
        .sort((a, b) => a - b),
      total,
    ];
    const payments = stops.map((stop, index) =>
      paymentOf(cuts[index]?.kind ?? 'gateway', `pay_${index + 1}`, stop - (stops[index - 1] ?? 0)),
    );
    return {
      lines: made,
      cancelled: lines.map(({ quantity, cancelled }) => Math.min(quantity, cancelled)),
      payments,
      returns,
    };
  });

function paymentOf(kind: string, paymentId: string, amount: number): Payment {
  if (kind === 'recorded') return byChannel(paymentId, amount);
  return byGateway(paymentId, amount, kind === 'declined' ? { method: 'declined' } : {});
}

const start = ({ lines, payments, returns }: Plan): World =>
  worldOf(orderOf(lines, payments), ...returns.map((minor, index) => returnOf(minor, index + 1)));

/** Every unit leaves, save those that are cancelled. */
async function settle(world: World, { cancelled }: Plan): Promise<Order> {
  const order = await world.order();
  const lines = order.lines.map((one, index) => {
    const gone = cancelled[index] ?? 0;
    return { ...one, units: { ...noUnits, cancelled: gone, delivered: one.quantity - gone } };
  });
  const left = { ...order, lines, version: order.version + 1 };
  world.store.given('order', left);
  return left;
}

const tasks = (ports: PaymentsPorts) => ({
  secure: () => securePayment(ports)(call),
  capture: () => capturePayment(ports)(call),
  refund: (number: number) => refundReturn(ports)({ ...call, returnId: returnOf(0, number).returnId }),
});

/** What must hold of the money at any moment, however it came to be. */
function checkMoney(order: Order, { bank }: World): void {
  const own = order.payments.filter(({ provider }) => provider === 'gateway');
  const sum = (of: (payment: Payment) => number) => own.reduce((total, payment) => total + of(payment), 0);
  for (const payment of order.payments) {
    expect(payment.capturedMinor).toBeLessThanOrEqual(payment.amount.amount);
    expect(payment.refundedMinor).toBeLessThanOrEqual(payment.capturedMinor);
  }
  expect(sum(({ capturedMinor }) => capturedMinor)).toBe(bank.capturedMinor);
  expect(sum(({ refundedMinor }) => refundedMinor)).toBe(bank.refundedMinor);
  const byOperation = [...bank.effects.keys()].map((key) => key.replace(/\/\d+$/, ''));
  expect(new Set(byOperation).size).toBe(byOperation.length);
}

/** After everything is over: nothing is held, what was payable is taken, and each return has what it is owed as far as there was money. */
function checkEnd(order: Order, world: World, { payments, returns }: Plan): void {
  checkMoney(order, world);
  expect([...world.bank.held.values()].filter(({ state }) => state === 'held')).toEqual([]);
  const recorded = payments
    .filter(({ provider }) => provider === 'recorded')
    .reduce((sum, { capturedMinor }) => sum + capturedMinor, 0);
  const declined = payments.some(({ method }) => method === 'declined');
  const captured = order.payments.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0);
  expect(captured).toBe(declined ? recorded : Math.max(recorded, payableMinor(order)));
  const refunded = order.refunds
    .filter(({ state }) => state === 'succeeded')
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  expect(refunded).toBe(
    Math.min(
      captured,
      returns.reduce((sum, minor) => sum + minor, 0),
    ),
  );
}

/** Runs a task again and again until it comes to an end, as its process does. */
async function untilDone(task: () => Promise<Result<unknown>>): Promise<void> {
  for (let run = 0; run < 100; run += 1) {
    try {
      const result = await task();
      if (result.ok || result.refusal.code === 'payment-declined') return;
      throw new Error(result.refusal.code);
    } catch (error) {
      if (!(error instanceof Error) || (error.message !== 'crash' && error.message !== 'too-busy')) throw error;
    }
  }
  throw new Error('it never came to an end');
}

describe('money is moved once', () => {
  test('with a crash before or after any call, and every task run twice', async () => {
    const faults = fc.array(fc.constantFrom('none', 'none', 'before', 'after'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(plan, faults, async (given, script) => {
        const world = start(given);
        const left = [...script];
        const ports = around(world.ports, async (run) => {
          const fault = left.shift();
          if (fault === 'before') throw new Error('crash');
          const value = await run();
          if (fault === 'after') throw new Error('crash');
          return value;
        });
        const { secure, capture, refund } = tasks(ports);
        for (let run = 0; run < 2; run += 1) await untilDone(secure);
        await settle(world, given);
        for (let run = 0; run < 2; run += 1) await untilDone(capture);
        for (const [index] of given.returns.entries())
          for (let run = 0; run < 2; run += 1) await untilDone(() => refund(index + 1));
        checkEnd(await world.order(), world, given);
      }),
      { numRuns: 100 },
    );
  });

  test('with every task run by two at the same time, and all returns at once', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.scheduler(), async (given, s) => {
        const world = start(given);
        const ports = around(world.ports, (run) => s.schedule(Promise.resolve()).then(run));
        const { secure, capture, refund } = tasks(ports);
        const both = (task: () => Promise<Result<unknown>>) =>
          s.waitFor(Promise.all([untilDone(task), untilDone(task)]));
        await both(secure);
        await settle(world, given);
        await both(capture);
        await s.waitFor(
          Promise.all(given.returns.flatMap((_minor, index) => [1, 2].map(() => untilDone(() => refund(index + 1))))),
        );
        checkEnd(await world.order(), world, given);
      }),
      { numRuns: 100 },
    );
  });

  test('with the order cancelled while it is being authorized: nothing stays held', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.scheduler(), async (given, s) => {
        const world = start(given);
        const ports = around(world.ports, (run) => s.schedule(Promise.resolve()).then(run));
        const { secure, capture } = tasks(ports);
        await s.waitFor(Promise.all([untilDone(secure), untilDone(secure), untilDone(() => cancel(ports))]));
        await s.waitFor(untilDone(secure).then(() => untilDone(capture)));
        const order = await world.order();
        checkMoney(order, world);
        expect(world.bank.capturedMinor).toBe(0);
        expect([...world.bank.held.values()].filter(({ state }) => state === 'held')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

async function cancel(ports: PaymentsPorts): Promise<Result<unknown>> {
  const order = await ports.order(call.orderId);
  if (order === undefined) throw new Error('the order is gone');
  const lines = order.lines.map((one) => ({ ...one, units: { ...noUnits, cancelled: one.quantity } }));
  const { ok } = await ports.commit([
    replace('order', { ...order, lines, version: order.version + 1, events: [] }, order.version),
  ]);
  return ok ? { ok: true, value: null } : { ok: false, refusal: { code: 'too-busy', detail: 'again' } };
}
