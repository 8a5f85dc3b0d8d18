import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/fulfillment/apis.ts';
import * as tasks from '../../shared/contracts/fulfillment/tasks.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Fulfillment: a location's work, from its release until it left. */
export class Fulfillment extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'fulfillment', foundation);
    this.routes(apis, {
      acceptFulfillmentOrder: { orders: 'readWrite' },
      rejectFulfillmentOrder: { orders: 'readWrite', stock: 'write' },
      pickFulfillmentOrder: { orders: 'readWrite' },
      packFulfillmentOrder: { orders: 'readWrite' },
      shipFulfillmentOrder: { orders: 'readWrite', stock: 'write' },
      deliverFulfillmentOrder: { orders: 'readWrite' },
      cancelFulfillmentOrder: { orders: 'readWrite', stock: 'write' },
      readFulfillmentOrder: { orders: 'read' },
      listFulfillmentOrders: { orders: 'read' },
    });
    this.tasks(tasks, {
      releaseFulfillmentOrder: { orders: 'readWrite' },
      takeBackFulfillmentOrder: { orders: 'readWrite', stock: 'write' },
    });
  }
}
