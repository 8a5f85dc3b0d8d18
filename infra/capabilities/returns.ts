import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/returns/apis.ts';
import * as tasks from '../../shared/contracts/returns/tasks.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Returns: goods that come back, counted in and judged unit by unit. */
export class Returns extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'returns', foundation);
    this.routes(apis, {
      createReturn: { orders: 'readWrite', network: 'read' },
      receiveReturn: { orders: 'readWrite', network: 'read' },
      inspectReturn: { orders: 'readWrite', network: 'read', stock: 'write' },
      cancelReturn: { orders: 'readWrite' },
      readReturn: { orders: 'read' },
    });
    this.tasks(tasks, {
      awaitReturn: { orders: 'readWrite' },
      expireReturn: { orders: 'readWrite' },
      settleReturn: { orders: 'readWrite' },
    });
  }
}
