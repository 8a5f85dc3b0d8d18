import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { notFound } from './answer.ts';
import { type View, fullViewOf, viewOf } from './view.ts';

/** Reads one fulfillment order. Refusals: `not-found`, `forbidden`. */
export const readFulfillmentOrder =
  (ports: FulfillmentPorts) =>
  async (
    fulfillmentOrderId: string,
    permit: (found: FulfillmentOrder) => Result<true>,
  ): Promise<Result<ReturnType<typeof fullViewOf>>> => {
    const found = await ports.fulfillmentOrder(fulfillmentOrderId);
    if (found === undefined) return notFound(fulfillmentOrderId);
    const permitted = permit(found);
    return permitted.ok ? ok(fullViewOf(found)) : permitted;
  };

/** A location's open work, oldest first; a location without work has an empty page. Refusal: `invalid-request`. */
export const listFulfillmentOrders =
  (ports: FulfillmentPorts) =>
  async (
    location: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<{ fulfillmentOrders: View[]; cursor?: string }>> => {
    const found = await ports.openAt(location, page);
    if (!found.ok) return found;
    const { fulfillmentOrders, cursor } = found.value;
    return ok({ fulfillmentOrders: fulfillmentOrders.map(viewOf), ...(cursor !== undefined && { cursor }) });
  };
