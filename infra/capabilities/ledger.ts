import { type Construct } from 'constructs';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** The ledger: every change of every counter, and how it stood at any time. */
export class Ledger extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'ledger', foundation);
  }
}
