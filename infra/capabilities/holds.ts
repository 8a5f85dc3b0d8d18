import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/holds/apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Holds: units that a checkout has for a while, and nobody else. */
export class Holds extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'holds', foundation);
    this.routes(apis, {
      placeStockHold: { network: 'read', stock: 'readWrite', size: { memoryMb: 512 } },
      readStockHold: { stock: 'read' },
      extendStockHold: { network: 'read', stock: 'readWrite' },
      changeStockHold: { network: 'read', stock: 'readWrite' },
      releaseStockHold: { stock: 'readWrite' },
    });
    this.scheduled({
      name: 'expire-holds',
      description: 'Ends the holds whose time is over, twice a minute: their units are for sale again.',
      every: { minutes: 1 },
      // A minute's two sweeps and, after an outage, as much of what has piled up as fits; runs may overlap.
      timeoutSeconds: 120,
      rights: { stock: 'readWrite' },
      errorImpact:
        'Units of abandoned checkouts stay reserved: customers are told that they are sold out, and they are not.',
    });
  }
}
