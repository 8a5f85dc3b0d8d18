import { present } from '../../../../shared/kernel/present.ts';
import { type InboxMessage } from '../../../../shared/model/inbox/inbox.ts';

/** A delivery as it is shown: all but its body. */
export type DeliveryView = Pick<
  InboxMessage,
  'inboxId' | 'channelId' | 'topic' | 'state' | 'code' | 'reason' | 'suggestions' | 'orderId' | 'receivedAt'
>;

/** A delivery as it is shown. */
export function viewOf(message: InboxMessage): DeliveryView {
  const { inboxId, channelId, topic, state, code, reason, suggestions, orderId, receivedAt } = message;
  return { inboxId, channelId, topic, state, ...present({ code, reason, suggestions, orderId }), receivedAt };
}
