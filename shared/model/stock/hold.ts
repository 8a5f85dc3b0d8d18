import { holdExpired } from '../../contracts/holds/events.ts';
import { type Transitions } from '../../kernel/states.ts';
import { type Aggregate } from '../orders/order.ts';

/** What a hold of stock may be; only HELD has units. */
export type HoldState = 'HELD' | 'CONVERTED' | 'RELEASED' | 'EXPIRED';
/** What may be done to it. */
export type HoldOperation = 'extend' | 'change' | 'convert' | 'release' | 'expire';

/** States as data: a hold ends once, whoever comes first. */
export const holdTransitions: Transitions<HoldState, HoldOperation> = {
  HELD: { extend: 'HELD', change: 'HELD', convert: 'CONVERTED', release: 'RELEASED', expire: 'EXPIRED' },
  CONVERTED: {},
  RELEASED: {},
  EXPIRED: {},
};

/** Units of a SKU that a checkout has: of the pool, or of one location's shelf. */
export interface HeldLine {
  readonly sku: string;
  readonly quantity: number;
  /** A location's id for a hold on its shelf; absent for one on the network. */
  readonly location?: string;
  /** Of a hold on the network: how many of the units are the channel's own, out of its ring-fence. They go back there. */
  readonly fenced?: number;
}

/** The first units of a line, those of the ring-fence before others; and the rest. */
export function splitLine(line: HeldLine, quantity: number): { readonly first: HeldLine; readonly rest: HeldLine } {
  const { fenced } = line;
  if (fenced === undefined)
    return { first: { ...line, quantity }, rest: { ...line, quantity: line.quantity - quantity } };
  const own = Math.min(fenced, quantity);
  return {
    first: { ...line, quantity, fenced: own },
    rest: { ...line, quantity: line.quantity - quantity, fenced: fenced - own },
  };
}

/** A checkout's reservation of stock with an expiry. */
export interface StockHold extends Aggregate {
  readonly holdId: string;
  readonly channelId: string;
  readonly pool: string;
  readonly state: HoldState;
  /** One line per SKU and location: kits are held as their components. */
  readonly lines: readonly HeldLine[];
  readonly createdAt: string;
  readonly expiresAt: string;
  /** The caller's cart or checkout. */
  readonly reference?: string;
  /** True when its units count against the channel's limit of held units per SKU (`Share.held`). */
  readonly counted: boolean;
  /** The order that it became. */
  readonly orderId?: string;
  /** Of one that has ended: when its item goes, epoch seconds. Expired checkouts are many, and nobody asks for old ones. */
  readonly ttl?: number;
}

/** Holds that expire are listed on this many partitions, so that no one of them takes every checkout's write. */
export const expiryShards = 16;

/** Who does something to a hold, and when. */
export interface HoldAct {
  /** RFC 3339 UTC. */
  readonly now: string;
  readonly actor: string;
}

/** What a hold is at a moment: over from its time on, also before the sweep has come to it. */
export const stateAt = ({ state, expiresAt }: Pick<StockHold, 'state' | 'expiresAt'>, now: string): HoldState =>
  state === 'HELD' && expiresAt <= now ? 'EXPIRED' : state;

const keptSeconds = 90 * 24 * 3600;

/** A hold as it is after a write that makes no event; one that has ended is kept for 90 days. */
export const nextHold = (hold: StockHold, more: Partial<StockHold>, now: string): StockHold => ({
  ...hold,
  ...more,
  ...((more.state ?? hold.state) !== 'HELD' && { ttl: Math.floor(Date.parse(now) / 1000) + keptSeconds }),
  version: hold.version + 1,
  updatedAt: now,
  events: [],
});

/** A hold whose time is over, with the event that says so. */
export function expiredHold(hold: StockHold, act: HoldAct): StockHold {
  const { holdId, channelId, reference, expiresAt } = hold;
  const next = nextHold(hold, { state: 'EXPIRED' }, act.now);
  const data = {
    holdId,
    channelId,
    ...(reference !== undefined && { reference }),
    lines: hold.lines.map(({ fenced: _fenced, ...line }) => line),
    expiredAt: expiresAt,
  };
  return { ...next, events: [holdExpired.of(holdId, next.version, act, data)] };
}
