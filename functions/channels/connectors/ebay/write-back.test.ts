import { afterEach, describe, expect, it } from 'vitest';
import { type EbaySandbox, ebayKeys, startEbaySandbox } from '../../../../tests/sandboxes/ebay.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { stockRequest } from './availability.ts';
import { ebay } from './connector.ts';
import { ebayOrder } from './fixtures/orders.ts';
import { carrierCode } from './tell/carriers.ts';
import { reasonCode } from './tell/cancelled.ts';
import { parcelOf } from './tell/shipped.ts';
import { cancel, connect, lines, offer, parcel, refund } from './fixtures/outbound.ts';

const opened: EbaySandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ stop }) => stop()));
});

async function open(over: Partial<Channel> = {}) {
  const party = await startEbaySandbox();
  opened.push(party);
  return { party, connection: connect(party, { ...ebayKeys }, over) };
}

describe('a parcel told to eBay', () => {
  it('is one of several: lines and quantities, carrier and plain number', async () => {
    const { party, connection } = await open();
    expect(await ebay.tell?.shipped?.(parcel, connection)).toEqual({ ok: true, value: { reference: '94055001' } });
    const rest = {
      ...parcel,
      facts: { ...parcel.facts, trackingNumber: 'X2', lines: lines.map((line) => ({ ...line, quantity: 1 })) },
    };
    expect(await ebay.tell?.shipped?.(rest, connection)).toMatchObject({ ok: true });
    expect(
      party.afterSale.parcels.get(ebayOrder.orderId)?.map((one) => [one.trackingNumber, one.lineItems[0]?.quantity]),
    ).toEqual([
      ['1Z999AA1', 2],
      ['X2', 1],
    ]);
    const more = await ebay.tell?.shipped?.({ ...rest, facts: { ...rest.facts, trackingNumber: 'X3' } }, connection);
    expect(more).toMatchObject({ refusal: { code: 'state-conflict' } });
  });

  it('of a carrier that eBay has no code for goes by its name', () => {
    expect(['Royal Mail', 'fedex', 'Ströer & Söhne', '!'].map(carrierCode)).toEqual([
      'RoyalMail',
      'FedEx',
      'Stroer  Sohne',
      'Other',
    ]);
  });
});

describe('a cancellation told to eBay', () => {
  it('of a part of an order is refused in words', async () => {
    const { connection } = await open();
    const part = { ...cancel, facts: { ...cancel.facts, complete: false } };
    expect(await ebay.tell?.cancelled?.(part, connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('whole orders') as string },
    });
  });

  it('approves what the buyer asked for', async () => {
    const { party, connection } = await open();
    const request = { cancelRequestId: '5100', cancelInitiator: 'Buyer', cancelRequestState: 'REQUESTED' };
    party.put({ ...ebayOrder, cancelStatus: { cancelState: 'IN_PROGRESS', cancelRequests: [request] } });
    expect(await ebay.tell?.cancelled?.(cancel, connection)).toEqual({ ok: true, value: { reference: '5100' } });
    expect(party.calls).toContain('POST /post-order/v2/cancellation/5100/approve');
  });

  it('names a reason that a seller may give', () => {
    expect(['the customer asked', 'wrong address', 'no stock'].map(reasonCode)).toEqual([
      'BUYER_ASKED_CANCEL',
      'ADDRESS_ISSUES',
      'OUT_OF_STOCK_OR_CANNOT_FULFILL',
    ]);
  });
});

describe('a refund told to eBay', () => {
  it('that is more than is left is left to a person', async () => {
    const { connection } = await open();
    const large = { ...refund, facts: { ...refund.facts, amount: { amount: 99_900, currency: 'USD' } } };
    expect(await ebay.tell?.refunded?.(large, connection)).toMatchObject({ refusal: { code: 'state-conflict' } });
  });

  it('that another notice made is another, though it is of the same amount and came since', async () => {
    const { party, connection } = await open();
    const first = await ebay.tell?.refunded?.(refund, connection);
    const others = first?.ok === true && first.value.reference !== undefined ? [first.value.reference] : [];
    expect(others).toHaveLength(1);
    const second = { ...refund, noticeId: 'n-2', tries: 1, happenedAt: '2026-01-01T00:00:00.000Z' };
    const made = await ebay.tell?.refunded?.({ ...second, others }, connection);
    expect(await ebay.tell?.refunded?.({ ...second, tries: 2, others }, connection)).toEqual(made);
    expect(JSON.stringify(party.order(ebayOrder.orderId)).match(/refundStatus/g)).toHaveLength(2);
  });

  it('made before this one was asked for is another', async () => {
    const { party, connection } = await open();
    await ebay.tell?.refunded?.(refund, connection);
    const later = { ...refund, tries: 1, happenedAt: new Date(Date.now() + 60_000).toISOString() };
    expect(await ebay.tell?.refunded?.(later, connection)).toMatchObject({ ok: true });
    expect(JSON.stringify(party.order(ebayOrder.orderId)).match(/refundStatus/g)).toHaveLength(2);
  });
});

describe.runIf(inputsPresent)('as the requests that are kept beside the repository', () => {
  const body = (name: string) =>
    (JSON.parse(inputBytes(`ebay/${name}.request.json`).toString()) as { body: unknown }).body;

  it('stock has their shape', () => {
    const made = stockRequest(
      offer('15620.Kt', 12, { locations: { 'siek-dc': 12 }, ids: { inventoryItemId: '36445435465' } }),
      false,
    );
    expect({ requests: [made] }).toEqual(body('bulk_update_price_quantity'));
  });

  it('a parcel has theirs', () => {
    const facts = {
      ...parcel.facts,
      carrier: 'DPD',
      trackingNumber: '01235015953135',
      shippedAt: '2026-09-23T15:00:00Z',
      lines: [{ lineId: '10085146243212', sku: 'X', quantity: 4 }],
    };
    expect(parcelOf(facts)).toEqual(body('createShippingFulfillment'));
  });
});
