import { present } from '../../../../shared/kernel/present.ts';
import { type InboxMessage, type InboxState } from '../../../../shared/model/inbox/inbox.ts';

/** A delivery as it is shown: all but its body. One that waits for its channel to be resumed is `PAUSED`. */
export type DeliveryView = Pick<
  InboxMessage,
  'inboxId' | 'channelId' | 'topic' | 'code' | 'reason' | 'suggestions' | 'orderId' | 'receivedAt'
> & { readonly state: InboxState | 'PAUSED' };

/** A delivery as it is shown. */
export function viewOf(message: InboxMessage): DeliveryView {
  const { inboxId, channelId, code, reason, suggestions, orderId, receivedAt } = message;
  const state = message.state === 'WAITING' && message.retryAt === undefined ? 'PAUSED' : message.state;
  const topic = bareTopic(message.topic);
  return { inboxId, channelId, topic, state, ...present({ code, reason, suggestions, orderId }), receivedAt };
}

/** A topic as its channel knows it: what a connector keeps with it, behind a question mark, is none of its name. */
const bareTopic = (topic: string): string => topic.split('?', 1)[0] ?? topic;
