import { Stack } from 'aws-cdk-lib/core';
import { type Construct } from 'constructs';
import { Access } from '../capabilities/access.ts';
import { Fulfillment } from '../capabilities/fulfillment.ts';
import { Network } from '../capabilities/network.ts';
import { Orders } from '../capabilities/orders.ts';
import { Payments } from '../capabilities/payments.ts';
import { Returns } from '../capabilities/returns.ts';
import { Routing } from '../capabilities/routing.ts';
import { type TaskFunction } from '../constructs/task-function.ts';
import { type Foundation } from '../foundation.ts';

const capabilities = [Access, Fulfillment, Network, Orders, Payments, Returns, Routing];

/** The business, one construct for each capability. */
export class CapabilitiesStack extends Stack {
  readonly taskFunctions: readonly TaskFunction[];

  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'capabilities', {
      stackName: foundation.stage.named('capabilities'),
      description: 'Crossdock: routes, tasks, consumers and streams of every capability but stock and channels.',
    });
    this.taskFunctions = capabilities.flatMap((OneCapability) => new OneCapability(this, foundation).taskFunctions);
  }
}
