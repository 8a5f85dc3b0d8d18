import { type Transitions } from '../../kernel/states.ts';
import { type Aggregate } from '../orders/order.ts';

/** What a transfer may be: its goods are on the road while it is DISPATCHED. */
export type TransferState = 'DISPATCHED' | 'RECEIVED' | 'CLOSED';
/** What may be done to it. */
export type TransferOperation = 'receive' | 'receiveLast' | 'close';

/** States as data. RECEIVED: every unit arrived. CLOSED: what did not arrive is written off, with a reason. */
export const transferTransitions: Transitions<TransferState, TransferOperation> = {
  DISPATCHED: { receive: 'DISPATCHED', receiveLast: 'RECEIVED', close: 'CLOSED' },
  RECEIVED: {},
  CLOSED: {},
};

/** Goods of one SKU on their way. */
export interface TransferLine {
  readonly sku: string;
  readonly quantity: number;
  readonly received: number;
}

/** Units of a line that are still on the road. */
export const inTransit = ({ quantity, received }: TransferLine): number => quantity - received;

/** Goods in transit from one location to another: they left the one's shelf and are not on the other's yet. */
export interface Transfer extends Aggregate {
  readonly transferId: string;
  readonly from: string;
  readonly to: string;
  readonly state: TransferState;
  readonly lines: readonly TransferLine[];
  readonly reference: string;
  /** When they are to arrive, RFC 3339; nothing is promised from goods that come nobody knows when. */
  readonly eta?: string;
  readonly dispatchedAt: string;
  readonly closedReason?: string;
}
