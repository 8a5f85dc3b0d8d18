import { type Construct } from 'constructs';
import * as tasks from '../../shared/contracts/routing/tasks.ts';
import { availabilityChanged } from '../../shared/contracts/stock/events.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Routing: which location sends what, decided and allocated in one transaction. */
export class Routing extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'routing', foundation);
    this.tasks(tasks, {
      routeOrder: { network: 'read', orders: 'readWrite', stock: 'readWrite', size: { memoryMb: 1024 } },
    });
    this.consumer({
      name: 'wake-unrouted',
      description: 'Has orders routed again that no location could send, when goods for them have come.',
      contracts: [availabilityChanged],
      data: { rose: [true] },
      timeoutSeconds: 60,
      rights: { orders: 'readWrite', stock: 'readWrite' },
      errorImpact: 'Customers whose goods have come wait up to an hour longer until their orders are routed.',
    });
  }
}
