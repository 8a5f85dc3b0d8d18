import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type InboxMessage } from '../../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type DeliveryCall, deliveryFor } from './delivery-call.ts';
import { released } from './set-aside.ts';
import { type DeliveryView, viewOf } from './view.ts';

/**
 * A person decides that a delivery in quarantine, or one that waits, is none of ours: it is ignored with that reason, and kept; a retry has it
 * looked at again. Refusals: `not-found`, `forbidden`, `state-conflict`.
 */
export const dismissDelivery =
  (ports: Pick<ChannelsPorts, 'message' | 'commit'>) =>
  (call: DeliveryCall & { readonly reason: string }): Promise<Result<DeliveryView>> =>
    decideAndCommit<DeliveryView>(
      ports.commit,
      async () => {
        const found = await deliveryFor(ports, call, 'dismiss');
        if (!found.ok) return found;
        const { message, state } = found.value;
        const item: InboxMessage = {
          ...released(message),
          state,
          reason: call.reason,
          dismissed: { by: call.actor, at: call.now },
          version: message.version + 1,
          updatedAt: call.now,
          events: [],
        };
        return ok({ changes: [replace('inboxMessage', item, message.version)], reply: viewOf(item) });
      },
      call.once,
    );
