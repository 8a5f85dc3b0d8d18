import { type OrderInput } from '../../../shared/contracts/orders/order-input.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type FieldError } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Conflict } from '../../../shared/model/changes.ts';
import { shortage } from '../../../shared/model/decide.ts';
import { type CaptureFacts, type CapturePlan } from './capture-plan.ts';

/** The hundred actions of one transaction, with the idempotency record among them. */
const mostChanges = 99;

/** The refusal of a channel that is not there. */
export const unknownChannel = (channelId: string) =>
  refuse('unknown-channel', `There is no channel ${channelId}. Create it with PUT /v1/channels/${channelId}.`, {
    errors: [{ pointer: '/channelId', detail: 'is no channel' }],
  });

/**
 * Whether the checkout's hold that an order names may become it: it is its channel's, and no other order had it. One that is over gives
 * nothing and forbids nothing. Refusals: `invalid-request`, `hold-over`.
 */
export function mayTakeHold(
  { holdId, channelId, externalId }: OrderInput,
  { hold }: Pick<CaptureFacts, 'hold'>,
): Result<true> {
  if (holdId === undefined) return ok(true);
  const refused = (code: 'invalid-request' | 'hold-over', what: string, facts: Record<string, string> = {}) =>
    refuse(code, `Hold ${holdId} ${what}. Leave holdId out, or name the hold of this checkout.`, {
      errors: [{ pointer: '/holdId', detail: what }],
      facts,
    });
  if (hold?.channelId !== channelId) return refused('invalid-request', `is no hold of channel ${channelId}`);
  const { orderId } = hold;
  if (orderId === undefined || orderId === orderIdOf(channelId, externalId)) return ok(true);
  return refused('hold-over', `became order ${orderId}`, { orderId });
}

/** Whether an order can be stored at once. Refusal: `limit-exceeded`. */
export function fitsOneWrite({ order, changes }: CapturePlan): Result<true> {
  if (changes.length <= mostChanges) return ok(true);
  const skus = new Set(order.lines.map(({ sku }) => sku)).size;
  return refuse(
    'limit-exceeded',
    `This order of ${skus} SKUs, the components of its kits among them, needs ${changes.length} writes and may need ${mostChanges}. Send it as two orders.`,
    {
      errors: [{ pointer: '/lines', detail: 'are of too many SKUs for one order' }],
      facts: { skus, writes: changes.length },
    },
  );
}

/**
 * The refusal of an order whose stock is not there: which SKU, what is left of it, and each line that asks for it, by itself or as a kit.
 * @throws Error when nothing is short
 */
export function shortageOf(
  conflicts: readonly Conflict[],
  { changes }: CapturePlan,
  { lines }: OrderInput,
  { kits }: CaptureFacts,
) {
  const short = conflicts.filter((conflict) => conflict.kind === 'stock');
  if (short.length === 0) throw new Error(`a capture was refused for no reason: ${JSON.stringify(conflicts)}`);
  const unknown = new Map(short.map(({ key, present }) => [key.sku, present === undefined]));
  const errors = lines.flatMap(({ sku }, index): FieldError[] => {
    const parts = kits.get(sku)?.components.map((component) => component.sku) ?? [sku];
    const missing = parts.filter((part) => unknown.has(part));
    if (missing.length === 0) return [];
    const kit = kits.has(sku) ? `is a kit with ${missing.join(', ')}, which ` : '';
    return missing.some((part) => unknown.get(part))
      ? [{ pointer: `/lines/${index}/sku`, detail: `${kit}has no stock and is no kit` }]
      : [{ pointer: `/lines/${index}/quantity`, detail: `${kit}is more than is left` }];
  });
  const refused = shortage(short, changes);
  return { ...refused, refusal: { ...refused.refusal, errors } };
}
