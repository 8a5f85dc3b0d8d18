import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../../shared/kernel/result.ts';
import { openOf } from '../../../../shared/model/stock/supply.ts';
import { inTransit, transferTransitions } from '../../../../shared/model/stock/transfer.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { type MemoryStore } from '../../../../shared/testing/memory-store.ts';
import { captured, stocked } from '../../../../shared/testing/world.ts';
import { caller, stockWorld } from '../../testing/memory-ports.ts';
import { type StockPorts } from '../../ports.ts';
import { closeTransfer } from './close-transfer.ts';
import { createTransfer } from './create-transfer.ts';
import { listTransfers, readTransfer } from './read-transfer.ts';
import { type Arrived, receiveTransfer } from './receive-transfer.ts';
import { type TransferCall } from './transfer-call.ts';

const eta = '2026-11-25T08:00:00.000Z';
const units = (sku: string, quantity: number, to: Arrived['to'] = 'sellable') => ({ sku, quantity, to });
const send = (ports: StockPorts, lines: readonly { sku: string; quantity: number }[], more: object = {}) =>
  createTransfer(ports)({ from: 'newark', to: 'boston', lines, reference: 'TR-1', eta, ...more }, caller);

/** Ten units of A at Newark, of which some are on their way to Boston. */
async function onTheRoad(quantity = 6, more: object = {}) {
  const { store, ports } = stockWorld();
  await stocked(store, 'A', 'newark', 10);
  const sent = await send(ports, [{ sku: 'A', quantity }], more);
  if (!sent.ok) throw new Error(sent.refusal.detail);
  const call: TransferCall = { ...caller, transferId: sent.value.transferId };
  return { store, ports, call };
}

const atBoston = (store: MemoryStore) => store.positionOf('A', 'boston');
const supplies = (store: MemoryStore) => store.all('supply');

describe('a transfer', () => {
  it('takes goods off the shelf, and says at its destination what is to come', async () => {
    const { store, ports, call } = await onTheRoad();
    expect(await readTransfer(ports)(call)).toMatchObject({
      value: { state: 'DISPATCHED', lines: [{ sku: 'A', quantity: 6, received: 0, inTransit: 6 }] },
    });
    expect(await store.positionOf('A', 'newark')).toMatchObject({ onHand: 4, atf: 4 });
    expect((await store.stockOf('A')).pools).toMatchObject([{ ats: 4 }]);
    expect(supplies(store)).toMatchObject([
      {
        sku: 'A',
        location: 'boston',
        pool: 'online',
        reference: call.transferId,
        kind: 'transfer',
        quantity: 6,
        eta,
        confidence: 'shipped',
        state: 'OPEN',
        events: [{ type: 'SupplyChanged.v1' }],
      },
    ]);
    expect(store.all('transfer')[0]?.events).toMatchObject([{ type: 'TransferDispatched.v1' }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('arrives in parts, each where it belongs', async () => {
    const { store, ports, call } = await onTheRoad();
    expect(await receiveTransfer(ports)([units('A', 4)], call)).toMatchObject({
      value: { state: 'DISPATCHED', lines: [{ received: 4, inTransit: 2 }] },
    });
    expect(supplies(store)).toMatchObject([{ received: 4, state: 'OPEN' }]);
    expect(await receiveTransfer(ports)([units('A', 2, 'damaged')], call)).toMatchObject({
      value: { state: 'RECEIVED', lines: [{ inTransit: 0 }] },
    });
    expect(supplies(store)).toMatchObject([{ received: 6, state: 'RECEIVED' }]);
    expect(await atBoston(store)).toMatchObject({ onHand: 6, damaged: 2, atf: 4 });
    expect((await store.stockOf('A')).pools).toMatchObject([{ ats: 8 }]);
    expect(store.all('transfer')[0]?.events).toMatchObject([
      { type: 'TransferReceived.v1', data: { complete: true, lines: [{ sku: 'A', quantity: 2 }] } },
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('that lost goods is closed, and nobody waits for them any more', async () => {
    const { store, ports, call } = await onTheRoad();
    await receiveTransfer(ports)([units('A', 5)], call);
    expect(await closeTransfer(ports)('lost by the carrier', call)).toMatchObject({
      value: { state: 'CLOSED', closedReason: 'lost by the carrier', lines: [{ inTransit: 0 }] },
    });
    expect(supplies(store)).toMatchObject([{ received: 5, state: 'CANCELLED' }]);
    expect(supplies(store).map(openOf)).toEqual([0]);
    expect(store.all('transfer')[0]?.events).toMatchObject([
      { type: 'TransferClosed.v1', data: { missing: [{ sku: 'A', quantity: 1 }] } },
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('without an eta is on the road, and nothing is promised from it', async () => {
    const { store, ports, call } = await onTheRoad(6, { eta: undefined });
    expect(supplies(store)).toEqual([]);
    expect(await receiveTransfer(ports)([units('A', 5)], call)).toMatchObject({ ok: true });
    expect(await closeTransfer(ports)('stolen', call)).toMatchObject({ value: { state: 'CLOSED' } });
  });

  it('leads to and from locations that sell to no pool', async () => {
    const { store, ports, call } = await onTheRoad(6, { to: 'outlet' });
    expect(supplies(store)[0]).not.toHaveProperty('pool');
    await receiveTransfer(ports)([units('A', 6)], call);
    expect(await store.positionOf('A', 'outlet')).toMatchObject({ onHand: 6 });
    expect(await send(ports, [{ sku: 'A', quantity: 6 }], { from: 'outlet' })).toMatchObject({ ok: true });
    expect((await store.stockOf('A')).pools).toMatchObject([{ ats: 4 }]);
  });

  it('is listed where it is awaited until it is over', async () => {
    const { ports, call } = await onTheRoad();
    const list = () => listTransfers(ports)('boston', { limit: 50 }, caller.permit);
    expect(await list()).toMatchObject({ value: { transfers: [{ transferId: call.transferId }] } });
    await receiveTransfer(ports)([units('A', 6)], call);
    expect(await list()).toMatchObject({ value: { transfers: [] } });
  });
});

describe('a transfer is refused', () => {
  it('for what is promised, whether routed or not, with what is left', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'newark', 5);
    await captured(store, 1, [{ sku: 'A', quantity: 3 }]);
    expect(await send(ports, [{ sku: 'A', quantity: 3 }])).toMatchObject({
      refusal: {
        code: 'insufficient-stock',
        facts: { short: [{ sku: 'A', pool: 'online', wanted: 3, left: 2 }] },
        errors: [{ pointer: '/lines/0/quantity' }],
      },
    });
    expect(await send(ports, [{ sku: 'A', quantity: 2 }])).toMatchObject({ ok: true });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('whole, when one of its lines is short or unknown', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'newark', 5);
    const lines = [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ];
    expect(await send(ports, lines)).toMatchObject({
      refusal: { code: 'unknown-sku', errors: [{ pointer: '/lines/1/sku' }] },
    });
    expect(await store.positionOf('A', 'newark')).toMatchObject({ onHand: 5 });
    expect([store.all('transfer'), supplies(store)]).toEqual([[], []]);
  });

  it.each([
    ['unknown-location', '/from', { from: 'nowhere' }],
    ['unknown-location', '/to', { to: 'nowhere' }],
    ['invalid-request', '/to', { to: 'newark' }],
    ['invalid-request', '/eta', { eta: '2026-11-22T09:29:59.000Z' }],
  ])('%s at %s', async (code, pointer, more) => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'newark', 5);
    expect(await send(ports, [{ sku: 'A', quantity: 1 }], more)).toMatchObject({
      refusal: { code, errors: [{ pointer }] },
    });
  });

  it('more than is on the road, with what is left, and what is not on it', async () => {
    const { store, ports, call } = await onTheRoad();
    await receiveTransfer(ports)([units('A', 5)], call);
    expect(await receiveTransfer(ports)([units('A', 2)], call)).toMatchObject({
      refusal: {
        code: 'quantity-exceeded',
        facts: { over: [{ sku: 'A', wanted: 2, left: 1 }] },
        errors: [{ pointer: '/lines/0/quantity', detail: 'must be at most 1' }],
      },
    });
    expect(await receiveTransfer(ports)([units('Z', 1)], call)).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/lines/0/sku' }] },
    });
    expect(await atBoston(store)).toMatchObject({ onHand: 5 });
  });

  it('to who may not act there', async () => {
    const { ports, call } = await onTheRoad();
    const only = (mine: string) => (location: string) =>
      location === mine ? caller.permit() : refuse('forbidden', 'elsewhere');
    expect(await readTransfer(ports)({ ...call, permit: only('newark') })).toMatchObject({ ok: true });
    expect(await receiveTransfer(ports)([units('A', 1)], { ...call, permit: only('newark') })).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await readTransfer(ports)({ ...call, permit: only('depot') })).toMatchObject({
      refusal: { code: 'forbidden' },
    });
  });

  it.each(['RECEIVED', 'CLOSED'] as const)('once it is %s', async (state) => {
    const { ports, call } = await onTheRoad();
    if (state === 'RECEIVED') await receiveTransfer(ports)([units('A', 6)], call);
    else await closeTransfer(ports)('lost', call);
    expect(transferTransitions[state]).toEqual({});
    for (const answer of [await receiveTransfer(ports)([units('A', 1)], call), await closeTransfer(ports)('x', call)])
      expect(answer).toMatchObject({ refusal: { code: 'state-conflict' } });
  });
});

it('however arrivals fall together, a unit arrives once and no more than were sent', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean()), { minLength: 1, maxLength: 6 }),
      async (arrivals) => {
        const { store, ports, call } = await onTheRoad();
        await Promise.all(
          arrivals.flatMap(([quantity, twice], index) => {
            const receive = () =>
              receiveTransfer(ports)([units('A', quantity)], { ...call, once: { key: `k${index}`, requestHash: 'h' } });
            return twice ? [receive(), receive()] : [receive()];
          }),
        );
        const [transfer] = store.all('transfer');
        const [line] = transfer?.lines ?? [];
        if (line === undefined) throw new Error('the transfer is gone');
        expect((await atBoston(store))?.onHand ?? 0).toBe(line.received);
        expect(inTransit(line)).toBeGreaterThanOrEqual(0);
        expect(supplies(store)[0]).toMatchObject({ received: line.received });
        expect(violatedIdentities(store)).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
