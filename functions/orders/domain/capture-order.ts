import { type OrderInput } from '../../../shared/contracts/orders/order-input.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { orderIdOf, sha256Hex } from '../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type CheckChange, type Conflict } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit, replay } from '../../../shared/model/decide.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type OrdersPorts } from '../ports.ts';
import { checkOrder } from './accept-order.ts';
import { CaptureKnowledge } from './capture-knowledge.ts';
import { type CapturePlan, planCapture } from './capture-plan.ts';
import { fitsOneWrite, mayTakeHold, shortageOf, unknownChannel } from './capture-refusals.ts';
import { type CapturedOrder, capturedOrder } from './captured-order.ts';

/** Who captures, when, and under which key. */
export interface CaptureCall {
  readonly input: OrderInput;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
  /** The channel has sold it already: what is short is waited for, whatever the channel's policy. */
  readonly soldAlready?: boolean;
  /** What the capture rests on besides; `version-stale` when it is not so any more. */
  readonly guard?: CheckChange;
  /** Version of the channel's order that it is captured from. */
  readonly channelVersion?: number;
  /** Units that somebody else has fulfilled already, by the channel's line id: they are not sent again. */
  readonly fulfilled?: ReadonlyMap<string, number>;
}

/** Each try that fails has learned something; a queue that many join at once is learned anew each time. */
const attempts = 25;

/**
 * Captures an order.
 *
 * 1. Reads the channel: its pool, buffer and currency (one read); the hold that becomes the order, where one is named.
 * 2. Checks what a schema cannot.
 * 3. Takes every unit and stores the order, in one transaction (one write).
 * 4. Where that is refused, it learns why and tries again: the pool may hold other terms for the channel, the SKU may be a kit, the
 *    order may wait for what is short. What teaches nothing new is a refusal that says what is left.
 *
 * A repeat of the same order answers what the first did. Refusals: `unknown-channel`, `currency-mismatch`, `total-mismatch`,
 * `invalid-request`, `insufficient-stock` and `unknown-sku` (what is left per SKU), `hold-over`, `limit-exceeded`, `order-differs`,
 * `idempotency-key-reused`, `too-busy`.
 */
export const captureOrder =
  (ports: OrdersPorts) =>
  async (call: CaptureCall): Promise<Result<CapturedOrder>> => {
    const channel = await ports.channel(call.input.channelId);
    if (channel === undefined) return unknownChannel(call.input.channelId);
    const checked = checkOrder(call.input, channel);
    if (!checked.ok) return checked;
    const known = new CaptureKnowledge(ports, soldAlready(channel, call), call.now);
    await known.readHold(call.input.holdId);
    const { now, actor, channelVersion, fulfilled } = call;
    const requestHash = sha256Hex(canonicalJson(call.input));
    const context = {
      now,
      actor,
      requestHash,
      ...(call.guard && { delivered: true }),
      ...(channelVersion !== undefined && { channelVersion }),
      ...(fulfilled && { fulfilled }),
    };
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const allowed = mayTakeHold(call.input, known);
      // A hold is forgotten some day; the order that it became is not.
      if (!allowed.ok) return (await storedBefore(ports, call, context.requestHash)) ?? allowed;
      await known.readFences(call.input.lines);
      const plan = planCapture(call.input, channel, checked.value.totalMinor, known, context);
      const answer = await attemptOf(ports, call, plan, known);
      if (answer !== 'again') return answer;
    }
    return refuse('too-busy', 'Others kept taking the same stock at the same moment. Try again.');
  };

const soldAlready = (channel: Channel, { soldAlready: sold }: CaptureCall): Channel =>
  sold === true ? { ...channel, onShortage: 'backorder' } : channel;

/** One try: the answer, or `again` when it has learned something. */
async function attemptOf(
  ports: OrdersPorts,
  call: CaptureCall,
  plan: CapturePlan,
  known: CaptureKnowledge,
): Promise<Result<CapturedOrder> | 'again'> {
  const fits = fitsOneWrite(plan);
  if (!fits.ok) return fits;
  const reply = capturedOrder(plan.order);
  const guards = call.guard ? [call.guard] : [];
  const outcome = await ports.commit([...plan.changes, ...guards], call.once && { ...call.once, reply });
  if (outcome.ok) return ok(reply);
  const earlier = await capturedBefore(ports, call, plan, outcome.conflicts);
  if (earlier !== undefined) return earlier;
  if (outcome.conflicts.some((conflict) => conflict.kind === 'item' && conflict.entity === 'channelOrder'))
    return refuse('version-stale', 'The channel has said something new of this order meanwhile.');
  if (await known.heed(outcome.conflicts, plan)) return 'again';
  return shortageOf(outcome.conflicts, plan, call.input, known);
}

/** The answer of the same key or the same order, where one of them was there before. */
async function capturedBefore(
  ports: OrdersPorts,
  call: CaptureCall,
  { order: { requestHash } }: CapturePlan,
  conflicts: readonly Conflict[],
): Promise<Result<CapturedOrder> | undefined> {
  const repeat = conflicts.find(({ kind }) => kind === 'once');
  if (repeat?.kind === 'once' && call.once !== undefined) return replay<CapturedOrder>(repeat.present, call.once);
  if (!conflicts.some((conflict) => conflict.kind === 'item' && conflict.entity === 'order')) return undefined;
  return storedBefore(ports, call, requestHash);
}

/** The answer of the order that is stored under these ids; none, if none is. */
async function storedBefore(
  ports: OrdersPorts,
  { input, once }: CaptureCall,
  requestHash: string,
): Promise<Result<CapturedOrder> | undefined> {
  const stored = await ports.order(orderIdOf(input.channelId, input.externalId));
  if (stored === undefined) return undefined;
  const { orderId } = stored;
  const answer =
    stored.requestHash === requestHash
      ? ok({ changes: [], reply: capturedOrder(stored) })
      : refuse(
          'order-differs',
          `Order ${input.externalId} of ${input.channelId} was captured before with other content.`,
          {
            errors: [{ pointer: '/externalId', detail: 'is taken by an order with other content' }],
            facts: { orderId },
          },
        );
  return decideAndCommit<CapturedOrder>(ports.commit, () => Promise.resolve(answer), once);
}
