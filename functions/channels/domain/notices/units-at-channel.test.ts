import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anOrder } from '../../../../shared/testing/an-order.ts';
import { lostAtChannel, shippedAtChannel } from './units-at-channel.ts';

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

  it('never comes to more kits than were bought', () => {
    const first = lostAtChannel(order, [cups(2)]);
    expect(first).toEqual([set(2)]);
    expect(lostAtChannel(order, [spoons(6)], first)).toEqual([set(1)]);
    expect(lostAtChannel(order, [cups(1)], [...first, set(1)])).toEqual([]);
  });
});
