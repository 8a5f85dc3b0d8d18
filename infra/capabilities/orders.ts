import { type Construct } from 'constructs';
import { channelOrderChanged } from '../../shared/contracts/channels/events.ts';
import {
  channelNoticeDismissed,
  channelNoticeRefused,
  channelNoticeTold,
} from '../../shared/contracts/channels/notice-events.ts';
import { fulfillmentOrderCancelled, fulfillmentOrderRejected } from '../../shared/contracts/fulfillment/events.ts';
import * as apis from '../../shared/contracts/orders/apis.ts';
import { orderCancelled, orderReserved } from '../../shared/contracts/orders/events.ts';
import * as tasks from '../../shared/contracts/orders/tasks.ts';
import { availabilityChanged } from '../../shared/contracts/stock/events.ts';
import { promiseMoved } from '../../shared/contracts/supply/promise-events.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Orders: captured with their stock, held, cancelled, and told as a story. */
export class Orders extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'orders', foundation);
    this.routes(apis, {
      captureOrder: { network: 'read', orders: 'readWrite', stock: 'readWrite', size: { memoryMb: 512 } },
      readOrder: { orders: 'read' },
      listOrders: { network: 'read', orders: 'read' },
      readTimeline: { orders: 'read' },
      cancelOrder: { orders: 'readWrite', stock: 'write' },
      holdOrder: { orders: 'readWrite' },
      releaseHold: { orders: 'readWrite' },
    });
    this.tasks(tasks, {
      awaitOrder: { orders: 'write' },
      cancelUnpaidOrder: { orders: 'readWrite', stock: 'write' },
      raiseOrderException: { orders: 'readWrite' },
    });
    this.consumers();
    this.publisher({
      name: 'publish-order-events',
      description:
        'Publishes the events that orders, fulfillment orders and returns carry, and keeps them in the timeline.',
      table: 'orders',
      rights: { orders: 'write' },
      newImages: [{ version: { N: [{ exists: true }] } }],
      errorImpact: 'Orders are accepted but nothing happens to them: no routing, no fulfillment, no timeline.',
    });
  }

  private consumers(): void {
    this.consumer({
      name: 'apply-channel-order',
      description: 'Captures an order that a channel brought, or brings it to what the channel says of it now.',
      contracts: [channelOrderChanged, fulfillmentOrderRejected, fulfillmentOrderCancelled],
      rights: { network: 'read', orders: 'readWrite', stock: 'readWrite', inbox: 'readWrite' },
      errorImpact:
        'Customers have bought on a channel and their orders are not in: nobody ships them and their stock is sold again.',
    });
    this.consumer({
      name: 'record-timeline',
      description: 'Keeps events of an order that come from elsewhere in its timeline.',
      contracts: [promiseMoved, channelNoticeTold, channelNoticeRefused, channelNoticeDismissed],
      batchSize: 25,
      batchingWindowSeconds: 1,
      rights: { orders: 'write' },
      errorImpact: 'Customer service does not see what happened to orders.',
    });
    this.consumer({
      name: 'fill-backorders',
      description: 'Promises stock that came to the orders that wait for it, oldest first.',
      contracts: [availabilityChanged],
      data: { rose: [true], ats: [{ numeric: ['>', 0] }] },
      rights: { orders: 'readWrite', stock: 'readWrite' },
      errorImpact: 'Customers with backordered goods wait although the goods are there.',
    });
    this.consumer({
      name: 'raise-promise-exception',
      description:
        'Shows on an order what its waiting units are promised for, and raises an exception while that is too late.',
      contracts: [promiseMoved, orderReserved, orderCancelled],
      rights: { orders: 'readWrite', stock: 'read' },
      errorImpact: 'Nobody is told that customers wait longer than they were promised.',
    });
    this.consumer({
      name: 'settle-channel-refusals',
      description: 'Raises an exception on an order while its channel refuses to be told what became of it.',
      contracts: [channelNoticeTold, channelNoticeRefused, channelNoticeDismissed],
      rights: { orders: 'readWrite', inbox: 'read' },
      errorImpact: 'Nobody is told that a channel does not know of a shipment, a cancellation or a refund.',
    });
    this.scheduled({
      name: 'release-preorders',
      description: 'Lets the pre-orders go whose launch has come.',
      every: { minutes: 5 },
      timeoutSeconds: 300,
      rights: { orders: 'readWrite', stock: 'readWrite' },
      errorImpact: 'Customers who ordered before the launch get nothing on the day.',
    });
  }
}
