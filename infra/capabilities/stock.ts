import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/stock/apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Stock: what is where, what may be sold, and whether the books agree with it. */
export class Stock extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'stock', foundation);
    this.routes(apis, {
      receiveStock: { network: 'read', stock: 'write' },
      adjustStock: { network: 'read', stock: 'write' },
      readStock: { stock: 'read' },
      readAvailability: { network: 'read', stock: 'read' },
      auditStock: { stock: 'scan', orders: 'scan', size: { timeoutSeconds: 29, memoryMb: 1024 } },
    });
    this.publisher({
      name: 'publish-stock-events',
      description: 'Publishes what each pool can sell, once per batch and pool, and the events that stock items carry.',
      table: 'stock',
      newImages: [
        // Allocation moves units from reserved to a shelf's allocated: what a pool can sell stays as it was.
        {
          sk: { S: [{ prefix: 'POOL#' }] },
          cause: { M: { operation: { S: [{ 'anything-but': ['allocate'] }] } } },
        },
        { sk: { S: ['HOLD', 'TRANSFER', 'COUNT', 'SNAPSHOT', { prefix: 'SUPPLY#' }] } },
      ],
      errorImpact: 'Channels keep selling what is gone and hide what is there; backorders wait.',
    });
  }
}
