import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/snapshots/apis.ts';
import { snapshotReady } from '../../shared/contracts/snapshots/events.ts';
import { Capability, type Rights } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** What folding counts into the books reads and writes. */
const folding: Rights = { network: 'read', stock: 'readWrite', ledger: 'read' };

/** Snapshots: counts of a WMS, POS or ERP, folded into the books. */
export class Snapshots extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'snapshots', foundation);
    const [create, begin, , read, list] = this.routes(apis, {
      createSnapshot: { stock: 'readWrite' },
      beginSnapshot: { stock: 'readWrite' },
      applySnapshotRows: { ...folding, size: { timeoutSeconds: 29, memoryMb: 512 } },
      readSnapshot: { stock: 'read' },
      listSnapshots: { stock: 'read' },
      cancelSnapshot: { stock: 'readWrite' },
    });
    // An address is signed with the rights of the function that signs it.
    create?.usesFiles(foundation.files, 'write');
    begin?.usesFiles(foundation.files, 'read');
    for (const shows of [read, list]) shows?.usesFiles(foundation.files, 'readWrite');
    this.consumer({
      name: 'apply-snapshot',
      description: 'Folds an uploaded file of counts into the books, and goes on with it.',
      contracts: [snapshotReady],
      batchSize: 1,
      timeoutSeconds: 900,
      memoryMb: 1024,
      rights: folding,
      errorImpact: 'Counts of a warehouse, store or ERP are not in the books: channels sell by what was there before.',
    }).usesFiles(foundation.files, 'readWrite');
  }
}
