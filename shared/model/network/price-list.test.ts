import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PriceList, type PricePeriod, effectivePrice, inOrder, isEmpty, listsOf, overlap } from './price-list.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const day = (number: number) => new Date(Date.UTC(2026, 10, number)).toISOString();
const edge = fc.option(fc.integer({ min: 1, max: 28 }).map(day), { nil: undefined });
const period = fc
  .record({ amount: fc.nat(1000), from: edge, to: edge })
  .map(({ amount, from, to }): PricePeriod => ({ price: usd(amount), ...(from && { from }), ...(to && { to }) }));
/** Periods of one SKU in one list, as they may be put: none is empty, no two overlap. */
const sound = fc
  .array(period, { maxLength: 6 })
  .map((all) => all.filter((one) => !isEmpty(one)))
  .map((all) => all.filter((one, index) => !all.slice(0, index).some((other) => overlap(one, other))))
  .map((periods) => ({ priceListId: 'usual', periods: inOrder(periods) }));
const somewhen = fc
  .integer({ min: 0, max: 30 * 24 })
  .map((hours) => new Date(Date.UTC(2026, 10, 1, hours)).toISOString());

const holds = ({ from, to }: PricePeriod, time: string) =>
  (from === undefined || from <= time) && (to === undefined || time < to);

describe('the price that holds', () => {
  it('is that of the first list with a period then, at any time', () => {
    fc.assert(
      fc.property(fc.array(sound, { maxLength: 3 }), somewhen, (lists, time) => {
        const expected = lists.flatMap(({ periods }) => periods.filter((one) => holds(one, time)))[0];
        expect(effectivePrice(lists, time).price).toEqual(expected && { price: expected.price });
      }),
    );
  });

  it('stays until the time that is named for the next change, and every change is named', () => {
    fc.assert(
      fc.property(fc.array(sound, { maxLength: 3 }), somewhen, somewhen, (lists, a, b) => {
        const [time, later] = [a, b].sort() as [string, string];
        const { price, changesAt } = effectivePrice(lists, time);
        if (changesAt !== undefined) expect(changesAt > time).toBe(true);
        if (changesAt === undefined || later < changesAt) expect(effectivePrice(lists, later).price).toEqual(price);
      }),
    );
  });

  it('begins with the first moment of its period and ends before the last', () => {
    const lists = [
      { priceListId: 'usual', periods: [{ price: usd(900), compareAt: usd(1200), from: day(10), to: day(12) }] },
    ];
    expect(effectivePrice(lists, '2026-11-09T23:59:59.999Z')).toEqual({ changesAt: day(10) });
    expect(effectivePrice(lists, day(10))).toEqual({
      priceListId: 'usual',
      price: { price: usd(900), compareAt: usd(1200) },
      changesAt: day(12),
    });
    expect(effectivePrice(lists, day(12))).toEqual({});
  });

  it('compares times, not their texts', () => {
    const lists = [{ priceListId: 'usual', periods: [{ price: usd(900), from: '2026-11-10T00:00:00Z' }] }];
    expect(effectivePrice(lists, '2026-11-10T00:00:00.000Z').price).toBeDefined();
    expect(
      overlap({ price: usd(1), to: '2026-11-10T00:00:00Z' }, { price: usd(1), from: '2026-11-10T00:00:00.000Z' }),
    ).toBe(false);
  });
});

it('comes from the lists of the channel in its currency, by priority and then by their ids', () => {
  const list = (priceListId: string, over: Partial<PriceList> = {}): PriceList => ({
    ...{
      priceListId,
      name: priceListId,
      currency: 'USD',
      channels: ['shop'],
      priority: 0,
      version: 1,
      updatedAt: day(1),
    },
    ...over,
  });
  const lists = [
    list('b'),
    list('a'),
    list('sale', { priority: 9 }),
    list('eu', { currency: 'EUR' }),
    list('other', { channels: [] }),
  ];
  expect(listsOf({ channelId: 'shop', currency: 'USD' }, lists).map(({ priceListId }) => priceListId)).toEqual([
    'sale',
    'a',
    'b',
  ]);
});
