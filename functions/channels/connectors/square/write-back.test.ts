import { afterEach, describe, expect, it } from 'vitest';
import { type SquareSandbox, startSquareSandbox } from '../../../../tests/sandboxes/square.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Connection } from '../../domain/connection.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { square } from './connector.ts';
import { onlineOrder, shipment, tillSale } from './fixtures/orders.ts';
import { squareOrder } from './payload.ts';
import { refundRequest } from './tell/refunded.ts';
import { atStore, cancel, connect, parcel, refund, usd } from './fixtures/outbound.ts';

const opened: SquareSandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ stop }) => stop()));
});

async function open(over: Partial<Channel> = {}) {
  const seller = await startSquareSandbox('EAAA-right');
  opened.push(seller);
  return { seller, connection: connect(seller, over) };
}

const shipmentOf = (seller: SquareSandbox, id = 'ORDER2') =>
  squareOrder.parse(seller.order(id)).fulfillments.map(({ state }) => state);

describe('a parcel told to Square', () => {
  it('of a part leaves the shipment open, the last one completes it', async () => {
    const { seller, connection } = await open();
    await square.tell?.shipped?.(parcel(1), connection);
    expect(shipmentOf(seller)).toEqual(['RESERVED']);
    await square.tell?.shipped?.({ ...parcel(1), tries: 1 }, connection);
    await square.tell?.shipped?.(parcel(2, 'n-2', 'X2'), connection);
    expect(shipmentOf(seller)).toEqual(['COMPLETED']);
    expect(seller.order('ORDER2')).toMatchObject({
      version: 9,
      fulfillments: [{ shipment_details: { carrier: 'UPS', tracking_number: 'X2', shipping_type: 'First class' } }],
    });
  });

  it('waits for another look when somebody else changed the order; of a till’s sale it is refused', async () => {
    const { seller, connection } = await open();
    const raced: Connection = {
      ...connection,
      call: (call) => {
        if (call.method === 'PUT') seller.put(onlineOrder({ version: 8 }));
        return connection.call(call);
      },
    };
    expect(await square.tell?.shipped?.(parcel(3), raced)).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    expect(await square.tell?.shipped?.({ ...parcel(3), tries: 1 }, connection)).toMatchObject({ ok: true });
    seller.put(tillSale({ version: undefined, fulfillments: [shipment()] }));
    const sale = { ...parcel(2), externalId: 'ORDER1' };
    expect(await square.tell?.shipped?.(sale, connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('till') as string },
    });
    expect(await square.tell?.shipped?.({ ...sale, externalId: 'NOWHERE' }, connection)).toMatchObject({
      refusal: { code: 'not-found', detail: expect.stringMatching(/access token .*retry; else dismiss/) as string },
    });
  });

  it('of a shipment that is cancelled there, or in more parcels than can be noted, is left to a person', async () => {
    const { seller, connection } = await open();
    seller.put(onlineOrder({ fulfillments: [shipment({ state: 'CANCELED' })] }));
    expect(await square.tell?.shipped?.(parcel(3), connection)).toMatchObject({ refusal: { code: 'state-conflict' } });
    seller.put(onlineOrder({ metadata: { crossdock_gone: 'a:0 '.repeat(63) } }));
    expect(await square.tell?.shipped?.(parcel(1), connection)).toMatchObject({ ok: true });
    const long = Array.from({ length: 17 }, (_, n) => `aaaaaaaaaa${10 + n}:0`).join(' ');
    seller.put(onlineOrder({ metadata: { crossdock_gone: long } }));
    expect(await square.tell?.shipped?.(parcel(1), connection)).toMatchObject({
      refusal: { detail: expect.stringContaining('more parcels') as string },
    });
  });
});

it('a pickup is ready, then collected in parts', async () => {
  const { seller, connection } = await open();
  await square.tell?.ready?.(atStore('n-1'), connection);
  expect(shipmentOf(seller, 'ORDER3')).toEqual(['PREPARED']);
  await square.tell?.collected?.(atStore('n-2', 1), connection);
  expect(shipmentOf(seller, 'ORDER3')).toEqual(['PREPARED']);
  await square.tell?.collected?.(atStore('n-3', 2), connection);
  expect(shipmentOf(seller, 'ORDER3')).toEqual(['COMPLETED']);
  const none = { ...atStore('n-4'), externalId: 'ORDER2' };
  for (const told of [await square.tell?.ready?.(none, connection), await square.tell?.collected?.(none, connection)])
    expect(told).toMatchObject({ refusal: { code: 'state-conflict' } });
});

describe('a cancellation told to Square', () => {
  it('ends the fulfillments, and an order that nobody has paid', async () => {
    const { seller, connection } = await open();
    expect(await square.tell?.cancelled?.(cancel(false), connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('whole') as string },
    });
    await square.tell?.cancelled?.(cancel(), connection);
    expect([shipmentOf(seller), seller.order('ORDER2')?.['state']]).toEqual([['CANCELED'], 'OPEN']);
    seller.put(onlineOrder({ tenders: [], fulfillments: [shipment()] }));
    await square.tell?.cancelled?.({ ...cancel(), noticeId: 'n-9' }, connection);
    expect([shipmentOf(seller), seller.order('ORDER2')?.['state']]).toEqual([['CANCELED'], 'CANCELED']);
  });
});

describe('a refund told to Square', () => {
  const twoCards = onlineOrder({
    tenders: [
      { id: 'T1', payment_id: 'PAYMENT1', type: 'CARD', amount_money: usd(1000) },
      { id: 'PAYMENT2', type: 'CARD', amount_money: usd(5078) },
    ],
  });

  it('of what two cards paid goes to both, also when it is cut off between them', async () => {
    const { seller, connection } = await open();
    seller.put(twoCards);
    seller.pay({ id: 'PAYMENT1', amount_money: usd(1000) });
    seller.pay({ id: 'PAYMENT2', amount_money: usd(5078) });
    let refunds = 0;
    const cutOff: Connection = {
      ...connection,
      call: (call) => {
        refunds += call.method === 'POST' ? 1 : 0;
        if (refunds === 2) seller.fail(503);
        return connection.call(call);
      },
    };
    expect(await square.tell?.refunded?.(refund(1500), cutOff)).toMatchObject({ ok: false });
    const again = await square.tell?.refunded?.(refund(1500, { tries: 1 }), connection);
    expect(again).toEqual({ ok: true, value: { reference: 'PAYMENT1_R1 PAYMENT2_R2' } });
    const amounts = [...seller.afterSale.refunds.values()].map((one) => one['amount_money']);
    expect(amounts).toEqual([usd(1000), usd(500)]);
  });

  it('of more than is left is left to a person', async () => {
    const { connection } = await open();
    expect(await square.tell?.refunded?.(refund(6079), connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('less left') as string },
    });
  });
});

describe.runIf(inputsPresent)('as Square publishes it', () => {
  const published = (name: string) =>
    JSON.parse(inputBytes(`square/${name}.json`).toString()) as Record<string, unknown>;

  it('what a refund answers is read', () => {
    const { refund: answered } = published('RefundPaymentResponse') as { refund: Record<string, unknown> };
    const made = refundRequest(refund(1000), String(answered['payment_id']), 1000);
    expect(answered).toMatchObject({ payment_id: made.payment_id, amount_money: made.amount_money });
  });
});
