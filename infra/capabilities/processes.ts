import { type Construct } from 'constructs';
import { fulfillmentOrderAllocated } from '../../shared/contracts/fulfillment/events.ts';
import { orderCaptured } from '../../shared/contracts/orders/events.ts';
import { returnAuthorized } from '../../shared/contracts/returns/events.ts';
import { Capability } from '../constructs/capability.ts';
import { type TaskFunction } from '../constructs/task-function.ts';
import { Workflow } from '../constructs/workflow.ts';
import { type Foundation } from '../foundation.ts';

/** How long a location may be silent before its work is taken back: half a working day. */
const silenceSeconds = 4 * 3600;
/** How long returned goods are waited for: 30 days, as most shops promise. */
const returnWindowSeconds = 30 * 24 * 3600;

/** Processes: the state machines, what starts them, and what wakes those that wait. */
export class Processes extends Capability {
  constructor(scope: Construct, foundation: Foundation, tasks: readonly TaskFunction[]) {
    super(scope, 'processes', foundation);
    const workflow = (name: string, errorImpact: string) =>
      new Workflow(this, name, { foundation, tasks, errorImpact });
    const order = workflow('order', 'An order has stopped on its way: its customer waits and nobody is told.');
    const fulfillment = workflow(
      'fulfillment',
      "A location's silence is not noticed any more: the customer of that parcel waits.",
    );
    const returns = workflow('return', 'A customer has sent goods back and does not get the money.');
    this.startOrder(order);
    this.startFulfillment(fulfillment);
    this.startReturn(returns);
    this.wake(order, fulfillment, returns);
  }

  private startOrder(workflow: Workflow): void {
    this.consumer({
      name: 'start-order',
      description: "Starts an order's process when it was captured.",
      contracts: [orderCaptured],
      errorImpact: 'Orders are accepted but not routed: their customers wait.',
    }).starts(workflow);
  }

  private startFulfillment(workflow: Workflow): void {
    this.consumer({
      name: 'start-fulfillment',
      description: "Starts a fulfillment order's process when its units were allocated.",
      contracts: [fulfillmentOrderAllocated],
      errorImpact: 'Locations are not given their work: parcels do not leave.',
    })
      .starts(workflow)
      .told('SILENCE_SECONDS', String(silenceSeconds));
  }

  private startReturn(workflow: Workflow): void {
    this.consumer({
      name: 'start-return',
      description: "Starts a return's process when it was authorized.",
      contracts: [returnAuthorized],
      errorImpact: 'Returns are accepted but their money is not given back.',
    })
      .starts(workflow)
      .told('RETURN_WINDOW_SECONDS', String(returnWindowSeconds));
  }

  private wake(...workflows: readonly Workflow[]): void {
    this.stream({
      name: 'wake-processes',
      description: 'Answers processes that wait on an order, a fulfillment order or a return.',
      table: 'orders',
      newImages: [{ wait: { M: { taskToken: { S: [{ exists: true }] } } } }],
      errorImpact:
        'Answers of people and locations do not reach the processes: released orders stay held, shipped parcels count as silent.',
    }).answers(...workflows);
  }
}
