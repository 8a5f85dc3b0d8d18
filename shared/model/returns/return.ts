import { type Disposition } from '../../contracts/returns/dispositions.ts';
import { type Transitions } from '../../kernel/states.ts';
import { type Aggregate, type LineUnits } from '../orders/order.ts';

/** What a return may be. */
export type ReturnState = 'AUTHORIZED' | 'RECEIVED' | 'INSPECTED' | 'SETTLED' | 'CANCELLED' | 'EXPIRED';
/** What may be done to it. */
export type ReturnOperation = 'receive' | 'inspect' | 'settle' | 'cancel' | 'expire';

/** States as data: goods and money are separate, so a return may be received long before it is refunded. */
export const returnTransitions: Transitions<ReturnState, ReturnOperation> = {
  AUTHORIZED: { receive: 'RECEIVED', cancel: 'CANCELLED', expire: 'EXPIRED' },
  RECEIVED: { inspect: 'INSPECTED' },
  INSPECTED: { settle: 'SETTLED' },
  SETTLED: {},
  CANCELLED: {},
  EXPIRED: {},
};

/** Inspection of some units of a line. */
export interface Inspection extends LineUnits {
  readonly sku: string;
  readonly disposition: Disposition;
  readonly note?: string;
}

/** A line of a return. */
export interface ReturnLine extends LineUnits {
  readonly sku: string;
  readonly reason: string;
  readonly receivedQuantity: number;
}

/** A return: goods that come back, how they are judged, and the refund that follows. */
export interface Return extends Aggregate {
  readonly returnId: string;
  readonly orderId: string;
  readonly channelId: string;
  readonly pool: string;
  readonly currency: string;
  /** Where the goods are expected, and then came. */
  readonly location: string;
  readonly state: ReturnState;
  readonly lines: readonly ReturnLine[];
  readonly inspections: readonly Inspection[];
  readonly refundMinor?: number;
  readonly refundId?: string;
  /** Why it was cancelled. */
  readonly closedReason?: string;
  readonly createdAt: string;
}
