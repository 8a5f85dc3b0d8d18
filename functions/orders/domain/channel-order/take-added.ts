import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type CheckChange } from '../../../../shared/model/changes.ts';
import { type OrdersPorts } from '../../ports.ts';
import { CaptureKnowledge } from '../capture-knowledge.ts';
import { fitsOneWrite, unknownChannel } from '../capture-refusals.ts';
import { type Addition, planAddition } from './plan-addition.ts';

/** Each try that fails has learned something, as with a capture. */
const attempts = 25;

/**
 * Makes lines that a channel added lines of the order, in one transaction that rests on what the channel has said and on the order as they were
 * read; what is short is learned from the write that it refuses, as with a capture. The channel has sold them, so what is short is waited
 * for whatever its policy.
 * @returns `taken`, or `changed` when either said something new meanwhile. Refusals: `unknown-channel`, `currency-mismatch`,
 *   `limit-exceeded`, `state-conflict`: the order stays as it is
 * @throws Error when others kept taking the same stock: the queue brings the message again
 */
export async function takeAdded(
  ports: OrdersPorts,
  wanted: Omit<Addition, 'channel'>,
  guard: CheckChange,
): Promise<Result<'taken' | 'changed'>> {
  const { order, lines, now } = wanted;
  const found = await ports.channel(order.channelId);
  if (found === undefined) return unknownChannel(order.channelId);
  const foreign = lines.find(({ unitPrice }) => unitPrice.currency !== order.currency);
  if (foreign !== undefined)
    return refuse('currency-mismatch', `${foreign.sku} is priced in ${foreign.unitPrice.currency}.`);
  const channel = { ...found, pool: order.pool };
  const known = new CaptureKnowledge(ports, { ...channel, onShortage: 'backorder' }, now);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await known.readFences(lines);
    const plan = planAddition({ ...wanted, channel }, known);
    if (!plan.ok) return plan;
    const fits = fitsOneWrite(plan.value);
    if (!fits.ok) return fits;
    const outcome = await ports.commit([...plan.value.changes, guard]);
    if (outcome.ok) return ok('taken');
    if (outcome.conflicts.some(({ kind }) => kind === 'item')) return ok('changed');
    if (!(await known.heed(outcome.conflicts, plan.value)))
      throw new Error(
        `lines of order ${order.orderId} were refused for no reason: ${JSON.stringify(outcome.conflicts)}`,
      );
  }
  throw new Error(`others kept taking the stock of what was added to order ${order.orderId}`);
}
