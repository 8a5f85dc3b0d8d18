import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { orderInput } from '../../shared/contracts/orders/order-input.ts';
import { FileMissing } from './csv.ts';
import { readOlist } from './olist.ts';
import { replayOrder } from './order-input.ts';
import { receiptsOf, supplyFor } from './supply.ts';

const fixture = path.join(import.meta.dirname, 'fixture');
const data = await readOlist(fixture);
const replayed = (id: string) => {
  const order = data.orders.find(({ order_id }) => order_id === id);
  if (order === undefined) throw new Error(`no order ${id}`);
  return replayOrder(order, 'olist');
};
const paid = (id: string) => replayed(id).input.payments.reduce((sum, { amount }) => sum + amount.amount, 0);

describe('the data set', () => {
  it('comes in the order of purchase, without orders that have no items', () => {
    expect(data.orders.map(({ order_id }) => order_id)).toEqual(data.orders.map(({ order_id }) => order_id).toSorted());
    expect(data.orders).toHaveLength(19);
    expect(data.skipped).toEqual({ unavailable: 2, canceled: 1 });
    expect(data.sellers.map(({ seller_id }) => seller_id)).toEqual([
      'seller-sp',
      'seller-campinas',
      'seller-rio',
      'seller-bh',
    ]);
  });

  it('knows no place outside Brazil, and mends lost zeros', () => {
    expect(data.placesOutside).toBe(1);
    const places = data.orders.map(({ customer, place }) => [customer.customer_zip_code_prefix, place !== undefined]);
    expect(places).toContainEqual(['01310', true]);
    expect(places).toContainEqual(['83252', false]);
  });

  it('says what is missing', async () => {
    await expect(readOlist(path.join(fixture, 'nowhere'))).rejects.toThrow(FileMissing);
    await expect(readOlist(path.join(fixture, '..'))).rejects.toThrow(/no file orders_dataset\.csv/);
  });
});

describe('an order of it', () => {
  it('is one that the API takes, with everything to the cent', () => {
    for (const order of data.orders)
      expect(orderInput.safeParse(replayOrder(order, 'olist').input).error).toBeUndefined();
    expect(replayed('order-03').input).toMatchObject({
      placedAt: '2017-03-01T21:14:00.000Z',
      lines: [{ sku: 'livro', quantity: 2, unitPrice: { amount: 2500, currency: 'BRL' } }],
      shipping: { price: { amount: 1868 } },
      total: { amount: 6868 },
      payments: [{ provider: 'recorded', amount: { amount: 6868 }, reference: 'boleto-1' }],
    });
  });

  it('states no more payments than it costs, and none that is missing', () => {
    expect(replayed('order-09')).toMatchObject({
      balance: 'paid-more',
      input: { note: 'The buyer paid 1189 minor units more (installments); left out.' },
    });
    expect(paid('order-09')).toBe(13269);
    expect(replayed('order-10')).toMatchObject({
      balance: 'paid-less',
      input: { lines: [{ discount: { amount: 2 } }], total: { amount: 5738 } },
    });
    expect(paid('order-10')).toBe(5738);
  });

  it('has at most ten payments: more of one type are one', () => {
    expect(replayed('order-11').input.payments).toMatchObject([
      { amount: { amount: 5500 }, reference: 'voucher (11)' },
      { amount: { amount: 1484 }, reference: 'credit_card (1)' },
    ]);
  });
});

describe('supply', () => {
  const units = (share: number): number =>
    supplyFor(data.orders, share).reduce((sum, { quantity }) => sum + quantity, 0);

  it('is a share of what is needed, over all of it', () => {
    expect(units(1)).toBe(27);
    expect(units(0.6)).toBe(16);
    expect(units(0)).toBe(0);
  });

  it('comes in receipts of one seller and at most 45 lines', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      seller: index < 91 ? 'a' : 'b',
      sku: String(index),
      quantity: 1,
    }));
    expect(receiptsOf(many).map((lines) => lines.length)).toEqual([45, 45, 1, 9]);
  });
});
