import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/ledger/apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** The ledger: every change of every counter, and how it stood at any time. */
export class Ledger extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'ledger', foundation);
    const size = { timeoutSeconds: 29, memoryMb: 512 };
    this.routes(apis, {
      readStockLedger: { stock: 'read', ledger: 'read', size },
      readLocationLedger: { ledger: 'read', size },
      readOrderLedger: { orders: 'read', stock: 'read', ledger: 'read', size },
      readStockAsOf: { stock: 'read', ledger: 'read', size },
    });
    this.stream({
      name: 'write-ledger',
      description: 'Writes who moved what and why, with before and after, for each change of a counter.',
      table: 'stock',
      newImages: [{ sk: { S: [{ prefix: 'LOC#' }, { prefix: 'POOL#' }, { prefix: 'SHARE#' }] } }],
      timeoutSeconds: 60,
      rights: { ledger: 'write' },
      errorImpact: 'Nobody can tell who moved stock and why: disputes and audits find nothing.',
    });
  }
}
