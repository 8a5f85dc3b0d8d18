import { collectionPrefix } from '../../../shared/model/places/orders.ts';
import { type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Aggregate, type Order } from '../../../shared/model/orders/order.ts';
import { type Return } from '../../../shared/model/returns/return.ts';
import { type Answer, fulfillmentWaits, orderWaits, returnWaits } from '../../../shared/model/waits.ts';
import { type ProcessPorts } from '../ports.ts';

/** An aggregate before and after a write, with the sort key that tells its kind. */
export interface AggregateChange {
  readonly sk: string;
  readonly before?: Aggregate;
  readonly after: Aggregate;
}

/**
 * What a write has to tell the process that waits on it, if anything. It is told when the answer is new: the wait was registered by this
 * write, or this write made it so. Whichever of the two came second finds the other in the same item, so no answer falls between them.
 */
export function wakeUp({
  sk,
  before,
  after,
}: AggregateChange): { readonly taskToken: string; readonly answer: Answer } | undefined {
  if (after.wait === undefined) return undefined;
  const answer = answerOf(sk, after);
  if (answer === undefined) return undefined;
  const registered = before === undefined || before.wait?.taskToken !== after.wait.taskToken;
  if (!registered && answer.kind !== 'heartbeat' && sameAnswer(answer, answerOf(sk, before))) return undefined;
  return { taskToken: after.wait.taskToken, answer };
}

const sameAnswer = (a: Answer, b: Answer | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

function answerOf(sk: string, aggregate: Aggregate): Answer | undefined {
  const until = aggregate.wait?.until ?? '';
  if (sk === collectionPrefix.order) return orderWaits[until]?.(aggregate as Order);
  if (sk.startsWith(collectionPrefix.fulfillmentOrder)) return fulfillmentWaits[until]?.(aggregate as FulfillmentOrder);
  return returnWaits[until]?.(aggregate as Return);
}

/** Tells every process what the writes of a batch have to tell it. A repeat tells it again, which is no harm. */
export const wakeProcesses =
  (ports: ProcessPorts) =>
  async (changes: readonly AggregateChange[]): Promise<void> => {
    await Promise.all(changes.map((change) => tell(ports, wakeUp(change))));
  };

async function tell(ports: ProcessPorts, wake: ReturnType<typeof wakeUp>): Promise<void> {
  if (wake === undefined) return;
  const { taskToken, answer } = wake;
  if (answer.kind === 'success') await ports.succeed(taskToken, answer.output);
  else if (answer.kind === 'failure') await ports.fail(taskToken, answer.error, answer.cause);
  else await ports.heartbeat(taskToken);
}
