import { type Change } from '../../../shared/model/changes.ts';
import { type Entities, type EntityIds, type EntityName } from '../../../shared/model/entities.ts';
import { type StockKey } from '../../../shared/model/stock/counters.ts';
import { type Identity, type Subject } from '../../../shared/model/stock/identity.ts';
import { type Counters } from '../../../shared/model/stock/stock-change.ts';

/** What is planted: units that a counter gets out of nothing, an item as it should not be, or an item that is gone. */
export type Planted =
  | { readonly kind: 'counter'; readonly key: StockKey; readonly add: Counters }
  | {
      readonly kind: 'item';
      readonly entity: EntityName;
      readonly id: EntityIds[EntityName];
      readonly change: (item: never) => object;
    }
  | { readonly kind: 'new'; readonly entity: EntityName; readonly item: (now: string) => object }
  | { readonly kind: 'gone'; readonly entity: 'backorder'; readonly id: EntityIds['backorder'] };

/** A corruption: what is planted, and what the auditor must say. */
export interface Corruption {
  readonly what: string;
  readonly planted: Planted;
  readonly found: readonly (readonly [identity: Identity, difference: number, subject: (names: Names) => Subject])[];
  /** True when a repair makes it right again. */
  readonly repaired: boolean;
}

/** The names in the world that is corrupted: a SKU on a shelf in two places, an order, its fulfillment order, a hold, a share. */
export interface Names {
  readonly sku: string;
  readonly pool: string;
  readonly location: string;
  readonly channel: string;
  readonly orderId: string;
  /** What that order waits for. */
  readonly waitingSku: string;
  readonly waitingOrderId: string;
  /** When that order joined the queue. */
  readonly queuedAt: string;
  readonly holdId: string;
}

const at = ({ sku, location }: Names): Subject => ({ sku, location });
const inPool = ({ sku, pool }: Names): Subject => ({ sku, pool });

/** Every corruption, of the world whose names are given. */
export function corruptionsOf(names: Names): Corruption[] {
  const position: StockKey = { level: 'position', sku: names.sku, location: names.location };
  const pool: StockKey = { level: 'pool', sku: names.sku, pool: names.pool };
  const share: StockKey = { ...pool, level: 'share', channel: names.channel };
  const queued = { sku: names.waitingSku, queuedAt: names.queuedAt, orderId: names.waitingOrderId };
  const counter = (key: StockKey, add: Counters): Planted => ({ kind: 'counter', key, add });
  const balance = (units: number) => ['pool-balance', units, inPool] as const;
  return [
    {
      what: 'a shelf may fulfill more than it has',
      planted: counter(position, { atf: 3 }),
      found: [['atf-definition', 3, at], balance(-3)],
      repaired: true,
    },
    {
      what: 'units were put on a shelf and nobody may sell them',
      planted: counter(position, { onHand: 4 }),
      found: [['atf-definition', -4, at]],
      repaired: true,
    },
    { what: 'a pool sells what is not there', planted: counter(pool, { ats: 2 }), found: [balance(2)], repaired: true },
    {
      what: 'a pool hides what is there',
      planted: counter(pool, { ats: -2 }),
      found: [balance(-2)],
      repaired: true,
    },
    {
      what: 'units are reserved for nobody',
      planted: counter(pool, { reserved: 1, ats: -1 }),
      found: [['reserved-by-orders', 1, inPool]],
      repaired: true,
    },
    {
      what: 'a reservation was lost',
      planted: counter(pool, { reserved: -1 }),
      found: [['reserved-by-orders', -1, inPool], balance(-1)],
      repaired: true,
    },
    {
      what: 'units are allocated for no work',
      planted: counter(position, { allocated: 2, atf: -2 }),
      found: [['allocated-by-work', 2, at], balance(2)],
      repaired: true,
    },
    {
      what: 'an allocation was lost',
      planted: counter(position, { allocated: -1, atf: 1 }),
      found: [['allocated-by-work', -1, at], balance(-1)],
      repaired: true,
    },
    {
      what: 'a pool holds units for nobody',
      planted: counter(pool, { held: 2, ats: -2 }),
      found: [['held-by-holds', 2, inPool]],
      repaired: true,
    },
    {
      what: 'a shelf holds units for nobody',
      planted: counter(position, { held: 1, atf: -1 }),
      found: [['held-by-holds', 1, at], balance(1)],
      repaired: true,
    },
    {
      what: "a channel's limit counts a hold that is over",
      planted: counter(share, { held: 1 }),
      found: [['share-held-by-holds', 1, ({ channel, ...rest }) => ({ ...inPool({ channel, ...rest }), channel })]],
      repaired: true,
    },
    {
      what: 'a pool has fenced more than its shares',
      planted: counter(pool, { fenced: 2, ats: -2 }),
      found: [['fenced-by-shares', 2, inPool]],
      repaired: true,
    },
    {
      what: 'a pool counts a customer who does not wait',
      planted: counter(pool, { backordered: 3 }),
      found: [['backordered-by-orders', 3, inPool]],
      repaired: true,
    },
    {
      what: 'an order that waits is in no queue',
      planted: { kind: 'gone', entity: 'backorder', id: queued },
      found: [
        ['backorders-queued', -2, ({ waitingSku, waitingOrderId }) => ({ orderId: waitingOrderId, sku: waitingSku })],
      ],
      repaired: true,
    },
    {
      what: 'the queue has more units than the order waits for',
      planted: {
        kind: 'item',
        entity: 'backorder',
        id: queued,
        change: (item: Entities['backorder']) => ({ ...item, quantity: 5 }),
      },
      found: [
        ['backorders-queued', 3, ({ waitingSku, waitingOrderId }) => ({ orderId: waitingOrderId, sku: waitingSku })],
      ],
      repaired: true,
    },
    {
      what: 'a hold is long over and keeps its units',
      planted: {
        kind: 'item',
        entity: 'stockHold',
        id: { holdId: names.holdId },
        change: (item: Entities['stockHold']) => ({ ...item, expiresAt: '2020-01-01T00:00:00.000Z' }),
      },
      found: [['holds-in-time', 1, ({ sku, holdId }) => ({ sku, holdId })]],
      repaired: false,
    },
    {
      what: 'a shelf has units that are damaged below zero',
      planted: counter(position, { damaged: -1, onHand: -1 }),
      found: [['promises-not-negative', -1, (names) => ({ ...at(names), counter: 'damaged' })]],
      repaired: false,
    },
    {
      what: 'a unit of an order is in two states',
      planted: {
        kind: 'item',
        entity: 'order',
        id: { orderId: names.orderId },
        change: (order: Entities['order']) => ({
          ...order,
          lines: order.lines.map((line) => ({ ...line, units: { ...line.units, shipped: line.units.shipped + 1 } })),
        }),
      },
      found: [['unit-sums', 1, ({ sku, orderId }) => ({ orderId, lineId: '1', sku })]],
      repaired: false,
    },
    {
      what: 'goods are on the road and expected nowhere',
      planted: {
        kind: 'new',
        entity: 'transfer',
        item: (now) => ({
          transferId: 'trf_lost',
          from: 'elsewhere',
          to: names.location,
          state: 'DISPATCHED',
          lines: [{ sku: names.sku, quantity: 4, received: 1 }],
          reference: 'trf_lost',
          eta: now,
          dispatchedAt: now,
          version: 1,
          updatedAt: now,
          events: [],
        }),
      },
      found: [['transfers-in-supply', 3, (names_) => ({ ...at(names_), reference: 'trf_lost' })]],
      repaired: false,
    },
  ];
}

/** A corruption of counters as a write that no movement makes. */
export const tampering = (planted: Extract<Planted, { kind: 'counter' }>, now: string): Change => ({
  kind: 'stock',
  key: planted.key,
  add: planted.add,
  mayCreate: true,
  cause: { operation: 'tampering', reference: 'nobody', actor: 'test', at: now },
});
