import { type Construct } from 'constructs';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Supply: what is to come, what may be promised of it, and who was. */
export class Supply extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'supply', foundation);
  }
}
