import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/rules/apis.ts';
import { safetyUnsettled, stockAppeared, stockWalkAsked } from '../../shared/contracts/rules/events.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Rules: floors to route and to sell, and units that are set apart for one channel. */
export class Rules extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'rules', foundation);
    this.routes(apis, {
      createStockRule: { network: 'write' },
      changeStockRule: { network: 'readWrite' },
      listStockRules: { network: 'read' },
      readStockRule: { network: 'read', stock: 'read' },
      previewStockRule: { network: 'read', stock: ['read', 'scan'], size: { timeoutSeconds: 29, memoryMb: 1024 } },
      activateStockRule: { network: 'readWrite', stock: 'readWrite' },
      retireStockRule: { network: 'readWrite', stock: 'readWrite' },
      allocateFence: { network: 'readWrite', stock: 'readWrite' },
      releaseFence: { network: 'read', stock: 'readWrite' },
      reallocateFence: { network: 'readWrite', stock: 'readWrite' },
      listFences: { stock: 'read' },
    });
    this.consumers();
    this.scheduled({
      name: 'expire-rules',
      description: 'Retires rules whose time is over; stock follows.',
      every: { minutes: 5 },
      rights: { network: 'readWrite', stock: 'readWrite' },
      errorImpact: 'Rules that are over still hold units back from customers, or sell what was to be kept.',
    });
  }

  private consumers(): void {
    this.consumer({
      name: 'walk-stock',
      description: 'Walks over stock and applies the rules, after a rule, channel, location or product has changed.',
      contracts: [stockWalkAsked],
      batchSize: 1,
      timeoutSeconds: 60,
      memoryMb: 1024,
      rights: { network: 'read', stock: ['readWrite', 'scan'] },
      errorImpact:
        'Rules that were activated or retired do not reach all stock: channels sell more or less than they may.',
    });
    this.consumer({
      name: 'settle-safety',
      description: "Lets a shelf's safety stock follow its target as stock comes and goes.",
      contracts: [safetyUnsettled],
      rights: { stock: 'readWrite' },
      errorImpact:
        'Shelves that were filled again keep no safety stock: what walk-in customers should find is sold online.',
    });
    this.consumer({
      name: 'rule-new-stock',
      description: 'Gives stock that has appeared what the rules in force want.',
      contracts: [stockAppeared],
      batchSize: 25,
      batchingWindowSeconds: 1,
      timeoutSeconds: 30,
      memoryMb: 512,
      rights: { network: 'read', stock: 'readWrite' },
      errorImpact: 'New goods are sold without the floors that rules set for them.',
    });
  }
}
