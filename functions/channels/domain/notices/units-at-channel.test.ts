import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsIn } from '../../../../shared/model/orders/units.ts';
import { anOrder } from '../../../../shared/testing/an-order.ts';
import { cancelledAtChannel, lostAtChannel, shippedAtChannel } from './units-at-channel.ts';

const kit = { sku: 'SET', lineId: '2', quantity: 3, perKit: 1 };
/** Two mugs, and three sets of a cup and two spoons. */
const order = anOrder({
  lines: [
    { lineId: '1', sku: 'MUG', quantity: 2, externalLineId: 'c-1' },
    { lineId: '2.1', sku: 'CUP', quantity: 3, externalLineId: 'c-2', kit },
    { lineId: '2.2', sku: 'SPOON', quantity: 6, externalLineId: 'c-2', kit: { ...kit, perKit: 2 } },
  ],
});
const mugs = (quantity: number) => ({ lineId: '1', quantity });
const cups = (quantity: number) => ({ lineId: '2.1', quantity });
const spoons = (quantity: number) => ({ lineId: '2.2', quantity });
const mug = (quantity: number) => ({ lineId: 'c-1', sku: 'MUG', quantity });
const set = (quantity: number) => ({ lineId: 'c-2', sku: 'SET', quantity });

describe('what left, as the channel counts it', () => {
  it('is by its own lines, and a kit is one unit', () => {
    expect(shippedAtChannel(order, [mugs(1), cups(2), spoons(4)])).toEqual([mug(1), set(2)]);
  });

  it('is added up by the line of the channel, which may be several of ours', () => {
    const risen = anOrder({
      lines: [
        { lineId: '1', sku: 'MUG', quantity: 2, externalLineId: 'c-1' },
        { lineId: '2', sku: 'MUG', quantity: 3, externalLineId: 'c-1' },
      ],
    });
    const units = [mugs(1), { lineId: '2', quantity: 3 }];
    expect(shippedAtChannel(risen, units)).toEqual([mug(4)]);
    expect(lostAtChannel(risen, units)).toEqual([mug(4)]);
  });

  it('has a kit in the parcel that completes it', () => {
    const first = [cups(3), spoons(1)];
    expect(shippedAtChannel(order, first)).toEqual([]);
    expect(shippedAtChannel(order, [spoons(3)], [{ lines: first.map((one) => ({ ...one, sku: 'x' })) }])).toEqual([
      set(2),
    ]);
  });

  it('has every kit once, however its components are spread over parcels', () => {
    const split = fc.array(fc.tuple(fc.nat(3), fc.nat(6)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(split, (parts) => {
        let [cupsLeft, spoonsLeft] = [3, 6];
        const parcels = [...parts, [3, 6] as const].map(([some, more]) => {
          const [inCups, inSpoons] = [Math.min(some, cupsLeft), Math.min(more, spoonsLeft)];
          [cupsLeft, spoonsLeft] = [cupsLeft - inCups, spoonsLeft - inSpoons];
          return { lines: [cups(inCups), spoons(inSpoons)].map((one) => ({ ...one, sku: 'x' })) };
        });
        const told = parcels.flatMap(({ lines }, index) => shippedAtChannel(order, lines, parcels.slice(0, index)));
        expect(told.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(3);
      }),
    );
  });

  it('is by our own line ids where the channel has none', () => {
    const plain = anOrder({ lines: [{ sku: 'MUG', quantity: 2 }] });
    expect(shippedAtChannel(plain, [mugs(2)])).toEqual([{ lineId: '1', sku: 'MUG', quantity: 2 }]);
  });
});

describe('what will not leave, as the channel counts it', () => {
  it('is a kit of which anything is missing', () => {
    expect(lostAtChannel(order, [mugs(1), spoons(1)])).toEqual([mug(1), set(1)]);
  });

  /** The order with so many cups and spoons cancelled. */
  const lacking = (ofCups: number, ofSpoons: number) => {
    const cancelled = new Map([
      ['2.1', ofCups],
      ['2.2', ofSpoons],
    ]);
    return {
      lines: order.lines.map((line) => {
        const gone = cancelled.get(line.lineId) ?? 0;
        return { ...line, units: { ...unitsIn('reserved', line.quantity - gone), cancelled: gone } };
      }),
    };
  };

  it('is one kit, though its components are cancelled one after the other', () => {
    const first = cancelledAtChannel(lacking(1, 0), [cups(1)], []);
    expect(first).toEqual([set(1)]);
    expect(cancelledAtChannel(lacking(1, 2), [spoons(2)], first)).toEqual([]);
    expect(cancelledAtChannel(lacking(1, 3), [spoons(1)], first)).toEqual([set(1)]);
  });

  it('comes to the kits that lack anything, however and in which order it was cancelled and told', () => {
    const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(6)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(steps, fc.boolean(), (parts, isLate) => {
        let [cupsLeft, spoonsLeft] = [3, 6];
        const events = parts.map(([some, more]) => {
          const [inCups, inSpoons] = [Math.min(some, cupsLeft), Math.min(more, spoonsLeft)];
          [cupsLeft, spoonsLeft] = [cupsLeft - inCups, spoonsLeft - inSpoons];
          const units = [cups(inCups), spoons(inSpoons)];
          return { units: units.filter(({ quantity }) => quantity > 0), order: lacking(3 - cupsLeft, 6 - spoonsLeft) };
        });
        const last = lacking(3 - cupsLeft, 6 - spoonsLeft);
        const told: ReturnType<typeof set>[] = [];
        for (const one of isLate ? events.toReversed() : events)
          told.push(...cancelledAtChannel(isLate ? last : one.order, one.units, told));
        const kits = Math.max(3 - cupsLeft, Math.ceil((6 - spoonsLeft) / 2));
        expect(told.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(kits);
      }),
    );
  });
});
