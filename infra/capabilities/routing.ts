import { type Construct } from 'constructs';
import * as tasks from '../../shared/contracts/routing/tasks.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Routing: which location sends what, decided and allocated in one transaction. */
export class Routing extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'routing', foundation);
    this.tasks(tasks, {
      routeOrder: { network: 'read', orders: 'readWrite', stock: 'readWrite', size: { memoryMb: 1024 } },
    });
  }
}
