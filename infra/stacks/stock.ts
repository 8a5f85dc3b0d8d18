import { Stack } from 'aws-cdk-lib/core';
import { type Construct } from 'constructs';
import { Holds } from '../capabilities/holds.ts';
import { Rules } from '../capabilities/rules.ts';
import { Stock } from '../capabilities/stock.ts';
import { Supply } from '../capabilities/supply.ts';
import { type Foundation } from '../foundation.ts';

const capabilities = [Holds, Rules, Stock, Supply];

/** What moves and promises stock: a stack of its own, because CloudFormation takes 500 resources in one. */
export class StockStack extends Stack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'stock', {
      stackName: foundation.stage.named('stock'),
      description: 'Crossdock: stock, holds, supply and rules.',
    });
    for (const OneCapability of capabilities) new OneCapability(this, foundation);
  }
}
