import { type Construct } from 'constructs';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Snapshots: counts of a WMS, POS or ERP, folded into the books. */
export class Snapshots extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'snapshots', foundation);
  }
}
