import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { next } from '../../../../shared/kernel/states.ts';
import { type OnceKey } from '../../../../shared/model/decide.ts';
import {
  type InboxMessage,
  type InboxOperation,
  type InboxState,
  inboxTransitions,
} from '../../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../../ports.ts';

/** Whether a caller may act for a channel. */
export type Allowed = (to: { readonly channelId: string }) => Result<true>;

/** Who does something to a delivery, when, and under which key. */
export interface DeliveryCall {
  readonly inboxId: string;
  readonly now: string;
  readonly actor: string;
  readonly allowed: Allowed;
  readonly once?: OnceKey;
}

/** A delivery that a caller may read. Refusals: `not-found`, `forbidden`. */
export async function readableDelivery(
  ports: Pick<ChannelsPorts, 'message'>,
  { inboxId, allowed }: Pick<DeliveryCall, 'inboxId' | 'allowed'>,
): Promise<Result<InboxMessage>> {
  const message = await ports.message(inboxId);
  if (message === undefined) return refuse('not-found', `There is no delivery ${inboxId}.`);
  const access = allowed(message);
  return access.ok ? ok(message) : access;
}

/** The delivery that an operation is for, and the state that it leads to. Refusals: also `state-conflict`. */
export async function deliveryFor(
  ports: Pick<ChannelsPorts, 'message'>,
  call: DeliveryCall,
  operation: InboxOperation,
): Promise<Result<{ readonly message: InboxMessage; readonly state: InboxState }>> {
  const found = await readableDelivery(ports, call);
  if (!found.ok) return found;
  const state = next(inboxTransitions, 'delivery', found.value.state, operation);
  return state.ok ? ok({ message: found.value, state: state.value }) : state;
}
