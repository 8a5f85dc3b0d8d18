import * as fc from 'fast-check';
import { type StockChange } from '../../shared/model/stock/stock-change.ts';
import { fence, refence, unfence } from '../../shared/model/stock/fencing.ts';
import {
  convertInPool,
  holdAtLocation,
  holdInPool,
  unholdAtLocation,
  unholdInPool,
} from '../../shared/model/stock/holding.ts';
import {
  type StockEffect,
  adjust,
  allocate,
  consumeFences,
  deallocate,
  reserve,
  ship,
  unreserve,
} from '../../shared/model/stock/movements.ts';
import { type ShelfState, dispatch, moveState, setOnHand } from '../../shared/model/stock/shelf.ts';
import { type Books, type Place, channels, places } from './books.ts';

const sku = 'TEE';
const pool = 'online';
const cause = { operation: 'model', reference: 'model', actor: 'model', at: '2026-11-22T09:30:00.000Z' };

/** One operation: what the product would write, and what a person would do in the books; `false` when it must be refused. */
export interface Operation {
  /** As a failing run is printed. */
  readonly name: string;
  readonly changes: (books: Books) => StockChange[];
  readonly keep: (books: Books) => boolean;
}

const shelf = (location: Place) => ({ sku, location, pool });
const some = fc.integer({ min: 1, max: 4 });
const place = fc.constantFrom(...places);
const channel = fc.constantFrom(...channels);
const state = fc.constantFrom<ShelfState>('sellable', 'damaged', 'qualityControl');
const noFloor = () => ({ units: 0 });

function operation(name: string, changes: Operation['changes'], keep: Operation['keep']): Operation {
  return { name, changes, keep };
}

const goods = [
  fc.tuple(place, some).map(([at, q]) =>
    operation(
      `receive ${q} at ${at}`,
      () => adjust(shelf(at), q, 'sellable', cause),
      (books) => {
        books.shelves[at].onHand += q;
        return true;
      },
    ),
  ),
  fc.tuple(place, some).map(([at, q]) =>
    operation(
      `correct ${at} by -${q}`,
      () => adjust(shelf(at), -q, 'sellable', cause),
      (books) => {
        if (books.atf(at) < q) return false;
        books.shelves[at].onHand -= q;
        return true;
      },
    ),
  ),
  fc.tuple(place, some).map(([at, q]) =>
    operation(
      `${q} were sold over the counter of ${at}`,
      () => adjust(shelf(at), -q, 'sellable', cause, true),
      (books) => {
        books.shelves[at].onHand -= q;
        return true;
      },
    ),
  ),
  fc.tuple(place, fc.boolean(), fc.integer({ min: 0, max: 9 })).map(([at, isStale, to]) => {
    const from = (books: Books) => books.shelves[at].onHand + (isStale ? 1 : 0);
    return operation(
      `set ${at} to ${to}${isStale ? ', on a stale count' : ''}`,
      (books) => setOnHand(shelf(at), from(books), to, cause),
      (books) => {
        if (isStale) return false;
        books.shelves[at].onHand = to;
        return true;
      },
    );
  }),
  fc
    .tuple(place, some, state, state)
    .filter(([, , from, to]) => from !== to)
    .map(([at, q, from, to]) =>
      operation(
        `move ${q} at ${at} from ${from} to ${to}`,
        () => moveState(shelf(at), q, from, to, cause),
        (books) => {
          if (books.inState(at, from) < q) return false;
          if (from !== 'sellable') books.shelves[at][from] -= q;
          if (to !== 'sellable') books.shelves[at][to] += q;
          return true;
        },
      ),
    ),
  fc.tuple(place, some).map(([at, q]) =>
    operation(
      `send ${q} away from ${at}`,
      () => dispatch(shelf(at), q, cause),
      (books) => {
        if (books.atf(at) < q || books.ats() < q) return false;
        books.shelves[at].onHand -= q;
        return true;
      },
    ),
  ),
];

const orders = [
  fc.tuple(some, fc.integer({ min: 0, max: 3 })).map(([q, floor]) =>
    operation(
      `capture ${q} above ${floor}`,
      () => reserve([{ sku, quantity: q }], pool, floor, cause),
      (books) => {
        if (books.ats() < q + floor) return false;
        books.reserved += q;
        return true;
      },
    ),
  ),
  fc.tuple(channel, some, fc.integer({ min: 1, max: 3 })).map(([of, q, fromFence]) => {
    const fenced = Math.min(q, fromFence);
    const demand = [{ sku, quantity: q, fenced }];
    return operation(
      `capture ${q}, ${fenced} of them fenced for ${of}`,
      () => [...reserve(demand, pool, 0, cause), ...consumeFences(demand, pool, of, cause)],
      (books) => {
        if (books.fenced[of] < fenced || (q > fenced && books.ats() < q - fenced)) return false;
        books.fenced[of] -= fenced;
        books.consumed[of] += fenced;
        books.reserved += q;
        return true;
      },
    );
  }),
  some.map((q) =>
    operation(
      `cancel ${q} reserved`,
      () => unreserve([{ sku, quantity: q }], pool, cause),
      (books) => {
        if (books.reserved < q) return false;
        books.reserved -= q;
        return true;
      },
    ),
  ),
  fc.tuple(place, some).map(([at, q]) =>
    operation(
      `allocate ${q} at ${at}`,
      () => allocate([{ sku, location: at, quantity: q }], pool, cause),
      (books) => {
        if (books.reserved < q || books.atf(at) < q) return false;
        books.reserved -= q;
        books.shelves[at].allocated += q;
        return true;
      },
    ),
  ),
  fc
    .tuple(
      place,
      some,
      fc.constantFrom<StockEffect>('none', 'missing', 'damaged'),
      fc.constantFrom<'reserved' | 'ats'>('reserved', 'ats'),
    )
    .map(([at, q, effect, to]) =>
      operation(
        `${at} gives ${q} back to ${to}: ${effect}`,
        () => deallocate([{ sku, location: at, quantity: q }], pool, effect, to, cause),
        (books) => {
          const facts = books.shelves[at];
          if (facts.allocated < q) return false;
          facts.allocated -= q;
          if (effect === 'missing') facts.onHand -= q;
          if (effect === 'damaged') facts.damaged += q;
          if (to === 'reserved') books.reserved += q;
          return true;
        },
      ),
    ),
  fc.tuple(place, some).map(([at, q]) =>
    operation(
      `ship ${q} from ${at}`,
      () => ship([{ sku, location: at, quantity: q }], cause),
      (books) => {
        if (books.shelves[at].allocated < q) return false;
        books.shelves[at].allocated -= q;
        books.shelves[at].onHand -= q;
        return true;
      },
    ),
  ),
];

const holds = [
  some.map((q) =>
    operation(
      `hold ${q}`,
      () => holdInPool([{ sku, quantity: q }], pool, noFloor, cause),
      (books) => {
        if (books.ats() < q) return false;
        books.held += q;
        return true;
      },
    ),
  ),
  fc.tuple(some, fc.boolean()).map(([q, isBought]) =>
    operation(
      `${isBought ? 'convert' : 'release'} ${q} held`,
      () => (isBought ? convertInPool : unholdInPool)([{ sku, quantity: q }], pool, cause),
      (books) => {
        if (books.held < q) return false;
        books.held -= q;
        if (isBought) books.reserved += q;
        return true;
      },
    ),
  ),
  fc.tuple(place, some).map(([at, q]) =>
    operation(
      `hold ${q} at ${at}`,
      () => holdAtLocation([{ sku, location: at, quantity: q }], pool, noFloor, cause),
      (books) => {
        if (books.atf(at) < q || books.ats() < q) return false;
        books.shelves[at].held += q;
        return true;
      },
    ),
  ),
  fc.tuple(place, some, fc.constantFrom<'ats' | 'reserved'>('ats', 'reserved')).map(([at, q, to]) =>
    operation(
      `end a hold of ${q} at ${at}, to ${to}`,
      () => unholdAtLocation([{ sku, location: at, quantity: q }], pool, to, cause),
      (books) => {
        if (books.shelves[at].held < q) return false;
        books.shelves[at].held -= q;
        if (to === 'reserved') books.reserved += q;
        return true;
      },
    ),
  ),
];

const fences = [
  fc.tuple(channel, some, fc.boolean()).map(([of, q, isSet]) =>
    operation(
      `${isSet ? 'fence' : 'unfence'} ${q} for ${of}`,
      () => (isSet ? fence : unfence)({ sku, pool, channel: of }, q, cause),
      (books) => {
        if (isSet ? books.ats() < q : books.fenced[of] < q) return false;
        books.fenced[of] += isSet ? q : -q;
        return true;
      },
    ),
  ),
  some.map((q) =>
    operation(
      `give ${q} of web's fence to vip`,
      () => refence({ sku, pool, channel: 'web' }, 'vip', q, cause),
      (books) => {
        if (books.fenced.web < q) return false;
        books.fenced.web -= q;
        books.fenced.vip += q;
        return true;
      },
    ),
  ),
];

/** Any operation; the SKU has been received once at each location, so that its items are there. */
export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(...goods, ...orders, ...holds, ...fences);
/** What makes the items. */
export const opening = (): StockChange[][] => [
  ...places.map((at) => adjust(shelf(at), 2, 'sellable', cause)),
  ...channels.map((of) => fence({ sku, pool, channel: of }, 1, cause)),
];
