import { type Construct } from 'constructs';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** The auditor: whether the books agree with themselves, and their repair. */
export class Audit extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'audit', foundation);
  }
}
