import { Stack } from 'aws-cdk-lib/core';
import { type Construct } from 'constructs';
import { Audit } from '../capabilities/audit.ts';
import { Holds } from '../capabilities/holds.ts';
import { Ledger } from '../capabilities/ledger.ts';
import { Rules } from '../capabilities/rules.ts';
import { Snapshots } from '../capabilities/snapshots.ts';
import { Stock } from '../capabilities/stock.ts';
import { Supply } from '../capabilities/supply.ts';
import { type Foundation } from '../foundation.ts';

const capabilities = [Audit, Holds, Ledger, Rules, Snapshots, Stock, Supply];

/** Everything about stock: a stack of its own, because CloudFormation takes 500 resources in one. */
export class StockStack extends Stack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'stock', {
      stackName: foundation.stage.named('stock'),
      description: 'Crossdock: stock, holds, supply, rules, ledger, snapshots and the auditor.',
    });
    for (const OneCapability of capabilities) new OneCapability(this, foundation);
  }
}
