import { type Construct } from 'constructs';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Rules: floors to route and to sell, and units that are set apart for one channel. */
export class Rules extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'rules', foundation);
  }
}
