import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Location } from '../../shared/model/network/network.ts';
import { type Order } from '../../shared/model/orders/order.ts';
import { type Return } from '../../shared/model/returns/return.ts';

/** An order with all returns it ever had. */
export interface OrderReturns {
  readonly order: Order;
  readonly returns: readonly Return[];
}

/** What the returns capability needs of the world. */
export interface ReturnsPorts {
  order(orderId: string): Promise<Order | undefined>;
  /** The order is read before its returns, or with them. */
  orderReturns(orderId: string): Promise<OrderReturns | undefined>;
  return(returnId: string): Promise<Return | undefined>;
  location(locationId: string): Promise<Location | undefined>;
  commit: CommitChanges;
}
