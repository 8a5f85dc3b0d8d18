import { Stack } from 'aws-cdk-lib/core';
import { type Construct } from 'constructs';
import { Audit } from '../capabilities/audit.ts';
import { Ledger } from '../capabilities/ledger.ts';
import { Snapshots } from '../capabilities/snapshots.ts';
import { type Foundation } from '../foundation.ts';

const capabilities = [Audit, Ledger, Snapshots];

/** The books of stock: what was written down, and whether it is so. */
export class BooksStack extends Stack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'books', {
      stackName: foundation.stage.named('books'),
      description: 'Crossdock: the ledger, the auditor and snapshots of other systems.',
    });
    for (const OneCapability of capabilities) new OneCapability(this, foundation);
  }
}
