import { channelOrderChange, channelOrderSnapshot } from '../../../shared/contracts/channels/channel-order.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type Change, create, replace } from '../../../shared/model/changes.ts';
import { type ChannelOrder, withChange, withSnapshot } from '../../../shared/model/channels/channel-order.ts';
import { type FulfillmentLine, type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, moveLines } from '../../../shared/model/orders/order.ts';
import { allocate } from '../../../shared/model/stock/movements.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { applyChannelOrder } from '../domain/channel-order/apply.ts';
import { input, now, shop, usd } from './shop.ts';

/** The order that the test channel brings. */
export const orderId = orderIdOf('webshop', '5001');
/** Some minutes after everything began. */
export const later = (minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString();
/** Units by the channel's line ids. */
export const unitsBy = (units: Readonly<Record<string, number>>) =>
  Object.entries(units).map(([externalLineId, quantity]) => ({ externalLineId, quantity }));
/** Codes of the exceptions that are open. */
export const openCodes = ({ exceptions }: Order) =>
  exceptions.filter(({ resolvedAt }) => resolvedAt === undefined).map(({ code }) => code);

type Over = { readonly order?: object; readonly [field: string]: unknown };
type Lines = readonly (readonly [sku: string, quantity: number])[];

/** The order as its channel has it: three tees (`l1`) and a cap (`l2`), paid, unless it says otherwise. */
export function snapshotOf(
  over: Over = {},
  lines: Lines = [
    ['TEE', 3],
    ['CAP', 1],
  ],
) {
  const order = input('5001', lines);
  const total = lines.reduce((sum, [, quantity]) => sum + quantity * 500, 0);
  return channelOrderSnapshot.parse({
    asOf: now,
    ...over,
    order: {
      ...order,
      lines: order.lines.map((line, index) => ({ ...line, externalLineId: `l${index + 1}` })),
      payments: [{ provider: 'recorded', amount: usd(total), reference: 'visa' }],
      ...over.order,
    },
  });
}

/** A shop whose channel brings an order. */
export async function channelOrderWorld(
  stock: Readonly<Record<string, number>> = { TEE: 10, CAP: 10 },
  channel: Partial<Channel> = {},
  lines?: Lines,
) {
  const { store, ports, ...rest } = await shop(stock, channel);
  const said = () => store.get('channelOrder', { orderId });
  const say = async (merge: (present: Pick<ChannelOrder, 'snapshot' | 'changes'>) => object | undefined) => {
    const present = await said();
    const merged = merge(present ?? { changes: {} });
    if (merged === undefined) return;
    const about = { channelId: 'webshop', externalId: '5001', orderId, inboxId: 'in_1', updatedAt: now, events: [] };
    store.given('channelOrder', { ...about, changes: {}, ...merged, version: (present?.version ?? 0) + 1 });
  };
  const order = async (): Promise<Order> => {
    const found = await store.get('order', { orderId });
    if (found === undefined) throw new Error('there is no order');
    return found;
  };
  return {
    ...rest,
    store,
    ports,
    said,
    order,
    snapshot: (over?: Over) => say((present) => withSnapshot(present, snapshotOf(over, lines))),
    change: (one: object) =>
      say((present) => withChange(present, channelOrderChange.parse({ externalId: '5001', ...one }))),
    apply: (on = ports) => applyChannelOrder(on)(orderId, now),
    parts: () => store.all('fulfillmentOrder'),
    /** Routing: a fulfillment order of some units, at the shop's warehouse. */
    allocated: async (units: readonly FulfillmentLine[], state: FulfillmentOrder['state'] = 'RELEASED') => {
      const before = await order();
      const part = partOf(before, units, state);
      const allocatedLines = moveLines(before, units, 'reserved', 'allocated');
      const isPicked = state === 'PICKED' || state === 'PACKED';
      const lines = isPicked
        ? moveLines({ ...before, lines: allocatedLines }, units, 'allocated', 'picked')
        : allocatedLines;
      const demand = units.map(({ sku, quantity }) => ({ sku, quantity, location: 'wh' }));
      const cause = { operation: 'allocate', reference: orderId, actor: 'test', at: now };
      const next: Order = {
        ...before,
        lines,
        fulfillmentOrders: before.fulfillmentOrders + 1,
        version: before.version + 1,
      };
      const changes: Change[] = [
        ...allocate(demand, before.pool, cause),
        create('fulfillmentOrder', part),
        replace('order', next, before.version),
      ];
      const outcome = await store.commit(changes);
      if (!outcome.ok) throw new Error(`it was not allocated: ${JSON.stringify(outcome.conflicts)}`);
      return part;
    },
  };
}

const partOf = (
  { channelId, pool, shipTo, fulfillmentOrders }: Order,
  lines: readonly FulfillmentLine[],
  state: FulfillmentOrder['state'],
): FulfillmentOrder => ({
  fulfillmentOrderId: `${orderId}-f${fulfillmentOrders + 1}`,
  orderId,
  channelId,
  pool,
  location: 'wh',
  state,
  lines,
  shipTo,
  rejections: [],
  createdAt: now,
  version: 1,
  updatedAt: now,
  events: [],
});
