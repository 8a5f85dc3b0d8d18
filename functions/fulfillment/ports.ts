import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type FulfillmentOrder } from '../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order } from '../../shared/model/orders/order.ts';

/** One page of a location's open work, oldest first. */
export interface FulfillmentPage {
  readonly fulfillmentOrders: readonly FulfillmentOrder[];
  readonly cursor?: string;
}

/** What the fulfillment capability needs of the world. */
export interface FulfillmentPorts {
  order(orderId: string): Promise<Order | undefined>;
  fulfillmentOrder(fulfillmentOrderId: string): Promise<FulfillmentOrder | undefined>;
  /** Refusal: `invalid-request` for a cursor of another listing. */
  openAt(
    location: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<FulfillmentPage>>;
  commit: CommitChanges;
}
