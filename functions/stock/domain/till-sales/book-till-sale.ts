import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import {
  type ChannelOrder,
  type ShelfChange,
  orderAtChannel,
} from '../../../../shared/model/channels/channel-order.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import { isKit } from '../../../../shared/model/network/product.ts';
import { closedShelves } from '../../../../shared/model/stock/closed-shelves.ts';
import { adjust } from '../../../../shared/model/stock/movements.ts';
import { inOneWrite } from '../../../../shared/model/stock/in-one-write.ts';
import { type StockPorts } from '../../ports.ts';
import { placeOf } from '../shelf-at.ts';
import { difference, shelfChangesOf, summed } from './shelf-changes.ts';

type BookPorts = Pick<StockPorts, 'channelOrder' | 'location' | 'product' | 'commit'>;

/** Two writes a shelf, and one for the order, in a transaction of a hundred. */
const mostShelves = 45;

/**
 * Brings shelves to what a channel says of a sale at a till, and keeps with the channel's order what it has booked, in one transaction: so a
 * repeat, a late message or a correction after weeks books the difference and nothing else. The sale has happened: it is booked even if the
 * books say that nothing was there. A kit is taken off the shelf as what it is made of; what is booked is the kit. Refusal: `unknown-location`.
 */
export const bookTillSale =
  (ports: BookPorts) =>
  async (orderId: string, now: string): Promise<Result<{ readonly shelves: number }>> => {
    for (let shelves = 0; ;) {
      const closed = closedShelves();
      const step = () => nextStep(ports, orderId, now, closed);
      const booked = await decideAndCommit(ports.commit, step, undefined, closed.heed);
      if (!booked.ok) return booked;
      shelves += booked.value.booked;
      if (!booked.value.more) return ok({ shelves });
    }
  };

async function nextStep(
  ports: BookPorts,
  orderId: string,
  now: string,
  closed: ReturnType<typeof closedShelves>,
): Promise<Result<Decision<{ readonly booked: number; readonly more: boolean }>>> {
  const nothing = ok({ changes: [], reply: { booked: 0, more: false } });
  const said = await ports.channelOrder(orderId);
  const at = said && orderAtChannel(said);
  const location = at?.snapshot.order.delivery?.location;
  if (said === undefined || at?.snapshot.takenAway !== true || location === undefined) return nothing;
  const { test, order } = at.snapshot;
  const named = [location, ...at.refunds.flatMap(({ lines }) => lines.flatMap((line) => line.location ?? []))];
  const places = await placesOf(ports, [...new Set(named)]);
  const target = test ? [] : shelfChangesOf(at, location, (one) => places.has(one));
  const left = difference(target, said.booked ?? []);
  if (left.length === 0) return nothing;
  const store = await placeOf(ports, location);
  if (!store.ok) return store;
  const cause = { operation: 'sale', reference: orderId, actor: `channel ${said.channelId}`, at: now };
  const occurred = { ...cause, ...(order.placedAt !== undefined && { occurredAt: order.placedAt }) };
  const goods = firstThatFit(await Promise.all(left.map((one) => goodsOf(ports, one))));
  const part = left.slice(0, goods.length);
  const stock = goods.flat().flatMap(({ location: here, sku, quantity }) => {
    const place = places.get(here) ?? { location: here };
    return adjust(closed.known({ ...place, sku }), quantity, 'sellable', occurred, true);
  });
  const changes: Change[] = [...inOneWrite(stock), replace('channelOrder', withBooked(said, part, now), said.version)];
  return ok({ changes, reply: { booked: part.length, more: left.length > part.length } });
}

/** What a change comes to on shelves: of a kit, its components. */
async function goodsOf(ports: Pick<StockPorts, 'product'>, change: ShelfChange): Promise<readonly ShelfChange[]> {
  const product = await ports.product(change.sku);
  if (product === undefined || !isKit(product)) return [change];
  return product.components.map(({ sku, quantity }) => ({ ...change, sku, quantity: change.quantity * quantity }));
}

/** As many of them as one transaction holds; at least one. */
function firstThatFit(goods: readonly (readonly ShelfChange[])[]): readonly (readonly ShelfChange[])[] {
  let shelves = 0;
  const end = goods.findIndex(({ length }, index) => (shelves += length) > mostShelves && index > 0);
  return end === -1 ? goods : goods.slice(0, end);
}

const withBooked = (said: ChannelOrder, part: readonly ShelfChange[], now: string): ChannelOrder => ({
  ...said,
  booked: summed([...(said.booked ?? []), ...part]).filter(({ quantity }) => quantity !== 0),
  version: said.version + 1,
  updatedAt: now,
  events: [],
});

/** Those that are ours, with the pool that sells from each. */
async function placesOf(ports: Pick<StockPorts, 'location'>, locations: readonly string[]) {
  const found = await Promise.all(locations.map(async (one) => [one, await placeOf(ports, one)] as const));
  return new Map(found.flatMap(([one, place]) => (place.ok ? [[one, place.value] as const] : [])));
}
