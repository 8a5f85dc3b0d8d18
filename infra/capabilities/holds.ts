import { type Construct } from 'constructs';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Holds: units that a checkout has for a while, and nobody else. */
export class Holds extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'holds', foundation);
  }
}
