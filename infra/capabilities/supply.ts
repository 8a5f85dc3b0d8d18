import { type Construct } from 'constructs';
import { orderCancelled, orderCaptured, orderReserved } from '../../shared/contracts/orders/events.ts';
import * as apis from '../../shared/contracts/supply/apis.ts';
import { supplyChanged } from '../../shared/contracts/supply/events.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Supply: what is to come, what may be promised of it, and who was. */
export class Supply extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'supply', foundation);
    this.routes(apis, {
      putSupply: { network: 'read', stock: 'readWrite' },
      readSupply: { stock: 'read' },
      receiveSupply: { network: 'read', stock: 'readWrite' },
      cancelSupply: { stock: 'readWrite' },
      readPromisable: { network: 'read', stock: 'read' },
    });
    this.consumers();
  }

  private consumers(): void {
    const rights = { network: 'read', stock: 'readWrite' } as const;
    const errorImpact =
      'Customers who wait are not told that their goods come later, and are promised goods that do not come.';
    this.consumer({
      name: 'repromise',
      description: 'Promises anew who waits for a SKU whose supply or queue changed.',
      contracts: [supplyChanged, orderReserved, orderCancelled],
      batchingWindowSeconds: 1,
      timeoutSeconds: 30,
      rights,
      errorImpact,
    });
    this.consumer({
      name: 'check-captured-promises',
      description: 'Looks again at what an order was promised at its capture: supply may have changed in that moment.',
      contracts: [orderCaptured],
      data: { lines: { backordered: [{ numeric: ['>', 0] }] } },
      timeoutSeconds: 30,
      rights,
      errorImpact,
    });
  }
}
