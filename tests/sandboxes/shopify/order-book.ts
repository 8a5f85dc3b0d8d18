import * as z from 'zod';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type BookedOrder, gid, shopMoney } from './booked-order.ts';
import { move } from './move.ts';
import {
  cancelInput,
  fulfillmentInput,
  metafieldsInput,
  moveInput,
  orderId,
  preparedInput,
  refundInput,
} from './order-inputs.ts';

type Payload = Readonly<Record<string, unknown>>;
const refused = (field: readonly string[], message: string, more: Payload = {}): Payload => ({
  ...more,
  userErrors: [{ field, message }],
});

/** The orders of a shop and the mutations that change them, each with the words that the recorded shop has. */
export class ShopifyOrderBook {
  readonly orders = new Map<string, BookedOrder>();
  readonly #edits = new Map<string, { readonly order: BookedOrder; readonly quantities: Map<string, number> }>();
  readonly #keys = new Map<string, { readonly request: string; readonly payload: Payload }>();
  /** Locations that never had any of the goods, which nothing can be moved to. */
  readonly emptyLocations = new Set<string>();
  #next = 1;

  /** Mutations by their field, with the scope that each takes. */
  readonly mutations: Readonly<Record<string, { readonly scope: string; readonly run: (given: unknown) => Payload }>> =
    {
      fulfillmentCreate: {
        scope: 'write_merchant_managed_fulfillment_orders',
        run: (given) => this.#fulfill(fulfillmentInput.parse(given).fulfillment),
      },
      fulfillmentOrderMove: {
        scope: 'write_merchant_managed_fulfillment_orders',
        run: (given) => this.#move(moveInput.parse(given)),
      },
      fulfillmentOrderLineItemsPreparedForPickup: {
        scope: 'write_merchant_managed_fulfillment_orders',
        run: (given) => this.#prepare(preparedInput.parse(given).input),
      },
      orderCancel: { scope: 'write_orders', run: (given) => this.#cancel(cancelInput.parse(given)) },
      refundCreate: { scope: 'write_orders', run: (given) => this.#refund(refundInput.parse(given)) },
      metafieldsSet: { scope: 'write_orders', run: (given) => this.#keep(metafieldsInput.parse(given)) },
      orderEditBegin: {
        scope: 'write_order_edits',
        run: (given) => this.#begin(z.object({ id: z.string() }).parse(given)),
      },
      orderEditSetQuantity: {
        scope: 'write_order_edits',
        run: (given) =>
          this.#set(z.object({ id: z.string(), lineItemId: z.string(), quantity: z.int().min(0) }).parse(given)),
      },
      orderEditCommit: {
        scope: 'write_order_edits',
        run: (given) => this.#commit(z.object({ id: z.string() }).parse(given)),
      },
    };

  #order(id: string): BookedOrder {
    const order = this.orders.get(id);
    if (order === undefined) throw new Error(`the shop has no order ${id}`);
    return order;
  }

  #fulfill({
    lineItemsByFulfillmentOrder: wanted,
    trackingInfo,
  }: z.output<typeof fulfillmentInput>['fulfillment']): Payload {
    const all = [...this.orders.values()].flatMap((order) =>
      order.fulfillmentOrders.nodes.map((one) => ({ order, one })),
    );
    const taken = wanted.map(({ fulfillmentOrderId, fulfillmentOrderLineItems }) => ({
      ...all.find(({ one }) => one.id === fulfillmentOrderId),
      lines: fulfillmentOrderLineItems ?? [],
    }));
    const [first] = taken;
    if (first?.order === undefined)
      return refused(['fulfillment'], 'Fulfillment order does not exist.', { fulfillment: null });
    const bad = taken.find(({ one }) => one?.status !== 'OPEN' && one?.status !== 'IN_PROGRESS')?.one;
    if (bad !== undefined)
      return refused(
        ['fulfillment'],
        `Fulfillment order ${bad.id.split('/').at(-1) ?? ''} has an unfulfillable status= ${bad.status.toLowerCase()}.`,
        { fulfillment: null },
      );
    const lines = taken.flatMap(({ one, lines: some }) =>
      some.map(({ id, quantity }) => ({ line: one?.lineItems.nodes.find((node) => node.id === id), quantity })),
    );
    if (lines.some(({ line, quantity }) => line === undefined || quantity > line.remainingQuantity))
      return refused(['fulfillment'], 'Invalid fulfillment order line item quantity requested.', { fulfillment: null });
    for (const { line, quantity } of lines) if (line !== undefined) line.remainingQuantity -= quantity;
    for (const { one } of taken)
      if (one?.lineItems.nodes.every((line) => line.remainingQuantity === 0)) one.status = 'CLOSED';
    const fulfillment = {
      id: gid('Fulfillment', (this.#next += 1)),
      status: 'SUCCESS',
      createdAt: new Date().toISOString(),
      trackingInfo: trackingInfo === undefined ? [] : [{ url: null, ...trackingInfo }],
      fulfillmentLineItems: { nodes: lines.map(({ line, quantity }) => ({ quantity, lineItem: line?.lineItem })) },
    };
    first.order.fulfillments.push(fulfillment);
    return { fulfillment, userErrors: [] };
  }

  #move(given: z.output<typeof moveInput>): Payload {
    const none = { movedFulfillmentOrder: null, originalFulfillmentOrder: null };
    const order = [...this.orders.values()].find((one) =>
      one.fulfillmentOrders.nodes.some(({ id }) => id === given.id),
    );
    const from = order?.fulfillmentOrders.nodes.find(({ id }) => id === given.id);
    if (order === undefined || from === undefined) return refused(['id'], 'Fulfillment order does not exist.', none);
    if (this.emptyLocations.has(given.newLocationId))
      return refused(['newLocationId'], 'Cannot change location.', none);
    const came = move(order, from, given, () => (this.#next += 1));
    if (typeof came === 'string') return refused(['id'], came, none);
    return { movedFulfillmentOrder: came.to, originalFulfillmentOrder: came.from, userErrors: [] };
  }

  #prepare({ lineItemsByFulfillmentOrder: wanted }: z.output<typeof preparedInput>['input']): Payload {
    for (const order of this.orders.values())
      for (const one of order.fulfillmentOrders.nodes)
        if (wanted.some(({ fulfillmentOrderId: id }) => id === one.id)) {
          if (one.deliveryMethod.methodType !== 'PICK_UP' || one.status === 'CLOSED')
            return refused(['input'], 'The fulfillment order cannot be marked as ready for pickup.');
          one.status = 'IN_PROGRESS';
        }
    return { userErrors: [] };
  }

  #cancel({ orderId: id, staffNote = '' }: z.output<typeof cancelInput>): Payload {
    const order = this.#order(id);
    const no = (field: string, message: string) => {
      const errors = [{ field: [field], message, code: 'INVALID' }];
      return { job: null, orderCancelUserErrors: errors, userErrors: [{ field: [field], message }] };
    };
    if (staffNote.length > 255) return no('staffNote', 'Staff note is too long. Maximum length is 255 characters.');
    if (order.cancelledAt !== null) return no('orderId', 'Cannot cancel an order that has already been canceled');
    if (order.fulfillments.length > 0) return no('orderId', 'Cannot cancel an order that has outstanding fulfillments');
    order.cancelledAt = '2026-11-22T09:30:00Z';
    for (const one of order.fulfillmentOrders.nodes) one.status = 'CLOSED';
    for (const line of order.lineItems.nodes) line.currentQuantity = 0;
    return { job: { id: gid('Job', 'b4f7'), done: false }, orderCancelUserErrors: [], userErrors: [] };
  }

  #keep({ metafields }: z.output<typeof metafieldsInput>): Payload {
    for (const { ownerId, namespace, key, value } of metafields)
      this.#order(ownerId).metafields[`${namespace}.${key}`] = value;
    return { metafields: metafields.map((_, index) => ({ id: gid('Metafield', index + 1) })), userErrors: [] };
  }

  #begin({ id }: { id: string }): Payload {
    const order = this.#order(id);
    const edit = gid('CalculatedOrder', (this.#next += 1));
    this.#edits.set(edit, { order, quantities: new Map() });
    const nodes = order.lineItems.nodes.map((line) => ({ id: line.id.replace('/LineItem/', '/CalculatedLineItem/') }));
    return { calculatedOrder: { id: edit, lineItems: { nodes } }, userErrors: [] };
  }

  #set({ id, lineItemId, quantity }: { id: string; lineItemId: string; quantity: number }): Payload {
    this.#edits.get(id)?.quantities.set(lineItemId.replace('/CalculatedLineItem/', '/LineItem/'), quantity);
    return { calculatedLineItem: { id: lineItemId, quantity }, userErrors: [] };
  }

  #commit({ id }: { id: string }): Payload {
    const { order, quantities } = this.#edits.get(id) ?? {};
    for (const line of order?.lineItems.nodes ?? []) {
      const quantity = quantities?.get(line.id) ?? line.currentQuantity;
      const gone = line.currentQuantity - quantity;
      line.currentQuantity = quantity;
      for (const one of order?.fulfillmentOrders.nodes.flatMap(({ lineItems }) => lineItems.nodes) ?? [])
        if (one.lineItem.id === line.id) one.remainingQuantity -= Math.min(gone, one.remainingQuantity);
    }
    return { order: { id: order?.id }, userErrors: [] };
  }

  #refund({ input, idempotencyKey }: z.output<typeof refundInput>): Payload {
    const request = canonicalJson(input);
    const earlier = this.#keys.get(idempotencyKey);
    if (earlier !== undefined)
      return earlier.request === request
        ? earlier.payload
        : refused(['input'], 'The same idempotency key cannot be used with different operation parameters.');
    const order = this.#order(orderId.parse(input).orderId);
    const owned = z.array(z.looseObject({ id: z.string() })).parse(order.transactions);
    if (!input.transactions.every(({ parentId }) => owned.some(({ id }) => id === parentId)))
      return refused(['transactions'], 'Parent transaction does not exist.', { refund: null });
    const refund = { id: gid('Refund', (this.#next += 1)), note: input.note, totalRefundedSet: null };
    order.refunds.push(refund);
    for (const { parentId, gateway, amount } of input.transactions)
      order.transactions.push({
        ...{ id: gid('OrderTransaction', (this.#next += 1)), kind: 'REFUND', status: 'SUCCESS', gateway },
        ...{ parentTransaction: { id: parentId }, ...shopMoney(amount) },
      });
    for (const { lineItemId, quantity } of input.refundLineItems)
      for (const line of order.lineItems.nodes) if (line.id === lineItemId) line.refundableQuantity -= quantity;
    const payload = { refund, userErrors: [] };
    this.#keys.set(idempotencyKey, { request, payload });
    return payload;
  }
}
